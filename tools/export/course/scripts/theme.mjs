// The button that switches between light and dark. theme.js has chosen before the page was painted.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const button = /** @type {HTMLElement} */ (document.getElementById("theme"));

/** The attribute is the reader's choice; without it the system decides. */
export function isDark() {
  return (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
}

/** @param {() => void} listener called after a switch */
export function onThemeChange(listener) {
  root.addEventListener("theme", listener);
}

function showTheme() {
  button.textContent = isDark() ? "Light colours" : "Dark colours";
  root.dispatchEvent(new Event("theme"));
}

button.addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  root.dataset.theme = theme;
  try {
    localStorage.setItem("activation-lab.theme", theme);
  } catch {
    // A page opened from disk may not be allowed to remember anything.
  }
  showTheme();
});
system.addEventListener("change", showTheme);
showTheme();
