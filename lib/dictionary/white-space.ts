/** White space as C's isspace knows it: no other blank of Unicode counts. */

const WHITE_SPACE = " \t\n\v\f\r";
const INSIDE = /[ \t\n\v\f\r]+/g;

export function stripStart(text: string): string {
  let start = 0;
  while (start < text.length && WHITE_SPACE.includes(text.charAt(start))) {
    start++;
  }
  return text.slice(start);
}

export function stripEnd(text: string): string {
  let end = text.length;
  while (end > 0 && WHITE_SPACE.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** Without any white space, inside or out. */
export function stripAll(text: string): string {
  return text.replace(INSIDE, "");
}
