/** Text for a terminal of 80 columns. Pure. */

/** Columns that are used at most. */
export const WIDTH = 80;

/** Lines of at most `width` characters, broken at blanks where that is possible. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => pieces(one, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** A word that fits, or parts of it: fingerprints, and names of any length. */
function pieces(word: string, width: number): string[] {
  const parts: string[] = [];
  let rest = word;
  while (rest.length > width) {
    const whole = rest.slice(0, width);
    const length = /^.*[:/,]/.exec(whole)?.[0].length ?? width;
    parts.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...parts, rest];
}

/** Wrapped, with `head` before the first line and as many blanks as it has. */
export function hanging(head: string, text: string): readonly string[] {
  const indent = " ".repeat(head.length);
  return wrapWords(text, WIDTH - head.length)
    .map((line, index) => `${index === 0 ? head : indent}${line}`);
}
