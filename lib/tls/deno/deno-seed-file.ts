/** A file that only its owner may read, as Deno writes it. */

import { replaceFile } from "../../base/replace-file.ts";

/** As `WriteOwnerOnly` in seed.ts wants it. */
export function writeOwnerOnly(path: string, bytes: Uint8Array): void {
  replaceFile(path, bytes, "owner-only");
}
