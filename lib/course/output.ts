/** What a cell shows. Outside a notebook it is printed as text. */
import { type MimeBundle, sendToNotebook } from "../notebook/front-end.js";

/**
 * Shows one thing in several forms below the cell.
 * @param data by MIME type; "text/plain" is one of them
 * @param options.id by which it can be shown anew
 * @param options.update whether it takes the place of what was shown under the same id
 */
export function send(data: MimeBundle, options: { id?: string; update?: boolean } = {}): void {
  // A terminal cannot take back what it has printed.
  if (!sendToNotebook(data, options) && !options.update) console.log(data["text/plain"]);
}
