/** Where a formatted result goes when it is to be a file. */

import { replaceFile } from "../base/replace-file.ts";
import { errorText, escapeControls } from "../base/text.ts";

/**
 * Writes `text` to the file of `--output`, as a whole or not at all.
 *
 * @returns why it cannot, as one line that is safe to print; undefined: done
 */
export function writeOutput(path: string, text: string): string | undefined {
  try {
    replaceFile(path, new TextEncoder().encode(text), "kept");
    return undefined;
  } catch (error) {
    const file = escapeControls(path);
    return `Cannot write output file '${file}': ${
      escapeControls(errorText(error))
    }`;
  }
}
