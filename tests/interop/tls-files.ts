/** The folder in which the tests of TLS work. */

import assert from "node:assert/strict";
import type { KeyKind } from "../support/certificates.ts";
import { temporaryDirectory } from "../support/run.ts";
import { certificateFiles, FOLDERS, KEYS } from "./tls-certificates.ts";

/** Of every encrypted key. */
export const PASSWORD = "Open-Sesame-4711";

async function openssl(folder: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command("/usr/bin/openssl", {
    args,
    cwd: folder,
    stdout: "null",
  }).output();
  assert.ok(success, `${args.join(" ")}:\n${new TextDecoder().decode(stderr)}`);
}

/** `client-KIND.FORMAT.pem` and `.der`, from the one in PKCS#8. */
async function convertKey(folder: string, kind: KeyKind): Promise<void> {
  const own = (name: string): string => `client-${kind}.${name}`;
  const convert = (to: string, ...args: string[]): Promise<void> =>
    openssl(
      folder,
      ...["pkey", "-in", own("pkcs8.pem"), "-out", own(to)],
      ...args,
    );
  const secret = ["-aes256", "-passout", `pass:${PASSWORD}`];
  const form = ["-outform", "DER"];
  await Promise.all([
    convert("pkcs8.der", ...form),
    convert("encrypted.pem", ...secret),
    openssl(
      folder,
      ...["pkcs8", "-topk8", "-in", own("pkcs8.pem"), ...form],
      ...["-out", own("encrypted.der"), "-passout", `pass:${PASSWORD}`],
    ),
    ...(kind === "ed25519" ? [] : [
      convert("traditional.pem", "-traditional"),
      convert("traditional.der", "-traditional", ...form),
      convert("legacy.pem", "-traditional", ...secret),
    ]),
  ]);
}

/**
 * Everything that a case can name; disposing of it removes it.
 *
 * @param args of all cases: keys that none names are not made.
 */
export async function tlsFolder(
  args: readonly string[],
): ReturnType<typeof temporaryDirectory> {
  const folder = await temporaryDirectory(certificateFiles());
  const { path } = folder;
  for (const [name, files] of Object.entries(FOLDERS)) {
    await Deno.mkdir(`${path}/${name}`);
    for (const file of files) {
      await Deno.copyFile(`${path}/${file}`, `${path}/${name}/${file}`);
    }
  }
  const named = KEYS.filter((kind) =>
    args.some((argument) => argument.startsWith(`client-${kind}.`))
  );
  for (const kind of named) await convertKey(path, kind);
  return folder;
}
