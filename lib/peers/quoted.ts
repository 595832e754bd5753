/** Text of a file on its way to a message. */

import { escapeControls } from "../base/text.ts";

const MOST = 40;

/** In quotes, made harmless, cut if it is long. */
export function quoted(text: string): string {
  const cut = text.length > MOST ? `${text.slice(0, MOST)}…` : text;
  return `"${escapeControls(cut)}"`;
}
