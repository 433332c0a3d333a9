// Light or dark: what the reader chose, else what the system says.
try {
  // A page opened from disk may not be allowed to remember anything.
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {}
document.documentElement.classList.add("scripted");
