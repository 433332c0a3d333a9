// The notebook of a page is packed into the link that downloads it: from disk browsers show a file instead.
import { unpack } from "./unpack.mjs";

for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (
  document.querySelectorAll("a[data-packed]")
)) {
  link.href ||= "#";
  link.addEventListener("click", async (event) => {
    if (link.protocol === "blob:") return;
    event.preventDefault();
    const file = new Blob([await unpack(link.dataset.packed ?? "")], { type: "application/json" });
    link.href = URL.createObjectURL(file);
    link.click();
  });
}
