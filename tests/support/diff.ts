/** A unified diff of two texts, for the messages of failed tests. */

type Line = { readonly mark: " " | "-" | "+"; readonly text: string };

/** Equal lines shown before and after a difference. */
const CONTEXT = 3;

/** Longest common subsequence of lines; texts here are short. */
function compare(left: readonly string[], right: readonly string[]): Line[] {
  const width = right.length + 1;
  const common = new Uint32Array((left.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      common[i * width + j] = left[i] === right[j]
        ? at(i + 1, j + 1) + 1
        : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (a !== undefined && a === b) {
      lines.push({ mark: " ", text: a });
      i++, j++;
    } else if (
      a !== undefined && (b === undefined || at(i + 1, j) >= at(i, j + 1))
    ) {
      lines.push({ mark: "-", text: a });
      i++;
    } else {
      lines.push({ mark: "+", text: b ?? "" });
      j++;
    }
  }
  return lines;
}

/** Empty if the texts are equal; else `-` and `+` lines with their context. */
export function unifiedDiff(
  left: string,
  right: string,
  leftName = "reference",
  rightName = "ours",
): string {
  if (left === right) return "";
  const lines = compare(left.split("\n"), right.split("\n"));
  const shown = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1)
      .some((line) => line.mark !== " ")
  );
  const out = [`--- ${leftName}`, `+++ ${rightName}`];
  lines.forEach((line, index) => {
    if (shown[index]) out.push(`${line.mark}${line.text}`);
    else if (index === 0 || shown[index - 1]) out.push("@@");
  });
  return out.join("\n");
}
