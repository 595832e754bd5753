/** What is left on a terminal's line after such a text. */
export function screen(text: string): string {
  let line = "";
  let column = 0;
  for (let at = 0; at < text.length;) {
    if (text.startsWith("\x1b[K", at)) {
      line = line.slice(0, column);
      at += 3;
    } else if (text[at] === "\r") {
      column = 0;
      at++;
    } else {
      line = line.slice(0, column) + text[at] + line.slice(column + 1);
      column++;
      at++;
    }
  }
  return line;
}
