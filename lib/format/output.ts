/** Where a formatted result goes when it is to be a file. */

import { FileReplacement } from "../base/replace-file.ts";
import { errorText, escapeControls } from "../base/text.ts";

/** The file of `--output`, written as a whole or not at all. */
export class OutputFile implements Disposable {
  readonly #path: string;
  #file: FileReplacement | undefined;
  #problem: string | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#try(() => {
      this.#file = new FileReplacement(path, "kept");
    });
  }

  /** After a problem nothing more is written. */
  write(text: string): void {
    this.#try(() => this.#file?.write(new TextEncoder().encode(text)));
  }

  /**
   * Puts it where it belongs.
   *
   * @returns why it cannot, as one line that is safe to print; undefined: done
   */
  finish(): string | undefined {
    this.#try(() => this.#file?.finish());
    return this.#problem;
  }

  /** What was not finished is as if it had never been. */
  [Symbol.dispose](): void {
    this.#file?.[Symbol.dispose]();
  }

  #try(work: () => void): void {
    if (this.#problem !== undefined) return;
    try {
      work();
    } catch (error) {
      const file = escapeControls(this.#path);
      const why = escapeControls(errorText(error));
      this.#problem = `Cannot write output file '${file}': ${why}`;
    }
  }
}
