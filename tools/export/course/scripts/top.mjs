// The link back to the top appears when the top is out of sight.

const header = document.querySelector("body > header");
if (header) {
  new IntersectionObserver(([entry]) => {
    document.documentElement.classList.toggle("below-top", !entry?.isIntersecting);
  }).observe(header);
}
