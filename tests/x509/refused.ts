/** How a reader of certificates refuses what it is given. */

import assert from "node:assert/strict";
import { X509Error } from "../../lib/x509/types.ts";

export async function refused(
  read: () => unknown,
  message: RegExp,
): Promise<void> {
  await assert.rejects(async () => await read(), (error) => {
    assert.ok(error instanceof X509Error, String(error));
    assert.match(error.message, message);
    return true;
  });
}
