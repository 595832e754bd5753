/**
 * The file of random bytes that the reference keeps between two runs. The
 * system's generator needs none; whoever keeps one still finds it renewed.
 */

import type { FileAccess } from "../../base/files.ts";
import { errorText, escapeControls } from "../../base/text.ts";
import type { Condition } from "../../base/condition.ts";
import { seedNotWritten } from "../setup-error.ts";
import type { TlsSettings } from "../settings.ts";

/**
 * Puts `bytes` into a file that only its owner may read, whole or not at all.
 *
 * @throws {Error} whose message says why it cannot
 */
export type WriteOwnerOnly = (path: string, bytes: Uint8Array) => void;

/** As many as the reference writes. */
const SEED_LENGTH = 1024;

type Seed = NonNullable<TlsSettings["seed"]>;

/** What there is to say about the seed file; it is of no other use. */
export function seedNote({ file }: Seed, files: FileAccess): string {
  const name = escapeControls(file);
  // A device has no end: then it is not looked at any further.
  const { kind } = files.read(file, SEED_LENGTH);
  return kind === "missing" || kind === "folder"
    ? `seed file '${name}' cannot be read and is not needed: ` +
      "random numbers are the system's"
    : `seed file '${name}' is not needed: random numbers are the system's`;
}

/**
 * Writes fresh random bytes, after a run that got as far as the reference has
 * to: an association that was established, or was refused for its contexts.
 *
 * @returns what to warn of; the exit code stays as it is
 */
export function writeSeed(
  seed: TlsSettings["seed"],
  write: WriteOwnerOnly,
): Condition | undefined {
  const file = seed?.writeTo;
  if (file === undefined) return undefined;
  try {
    write(file, crypto.getRandomValues(new Uint8Array(SEED_LENGTH)));
    return undefined;
  } catch (error) {
    return seedNotWritten(file, escapeControls(errorText(error)));
  }
}
