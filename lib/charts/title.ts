/** Lines of a chart's title. */

/** Plotly does not break lines by itself, and a title must fit a phone. */
export function wrap(text: string, width = 38): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1] as string;
    if (last !== "" && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.join("<br>");
}

/**
 * The same on longer lines, where there is more room than on a phone, and lines of about one length, if there are
 * several; what others have broken stays as it is.
 */
export function onLongerLines(title: string, width: number): string {
  const text = title.replaceAll("<br>", " ");
  if (title !== wrap(text)) return title;
  const linesAt = (characters: number) => wrap(text, characters).split("<br>").length;
  let even = width;
  while (even > 1 && linesAt(even - 1) === linesAt(width)) even -= 1;
  return linesAt(width) > 1 ? wrap(text, even) : text;
}
