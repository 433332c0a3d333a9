// Light or dark: what the reader chose, else what the system says. Runs before anything is painted.
try {
  // A page opened from disk may not be allowed to remember anything.
  const chosen = localStorage.getItem("activation-lab.theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {}
document.documentElement.classList.add("scripted");
