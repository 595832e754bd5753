/**
 * What s_client needs on the disk while it starts: a socket to connect to, and
 * the client's key and certificates. All in a folder that only this user can
 * enter, and gone before the peer has seen the first byte.
 */

import type { ClientCertificate } from "../engine.ts";
import type { SClientPaths } from "./sclient-arguments.ts";

export interface SClientFiles {
  readonly paths: SClientPaths;
  /** Of the key file, which is encrypted; empty if there is none. */
  readonly password: string;
  /** Removes everything. Idempotent, never throws. */
  remove(): void;
}

/** @throws {Error} when the folder or a file in it cannot be made. */
export async function makeSClientFiles(
  identity: ClientCertificate | undefined,
): Promise<SClientFiles> {
  // It is made with mode 0700.
  const folder = await Deno.makeTempDir({ prefix: "echoscu-" });
  const remove = (): void => {
    // One by one: to look through a folder takes a descriptor, and may fail.
    for (const name of ["/s", "/key", "/certificate", "/chain", ""]) {
      try {
        Deno.removeSync(`${folder}${name}`);
      } catch {
        // It is not there, or cannot be helped.
      }
    }
  };
  const socket = `${folder}/s`;
  if (identity === undefined) {
    return { paths: { socket, identity }, password: "", remove };
  }
  try {
    const password = randomPassword();
    const [own = "", ...others] = certificatesOf(identity.chainPem);
    const key = await write(
      `${folder}/key`,
      await encrypted(identity.keyPem, password),
    );
    const certificate = await write(`${folder}/certificate`, own);
    const chain = others.length === 0
      ? undefined
      : await write(`${folder}/chain`, others.join(""));
    const paths = { socket, identity: { key, certificate, chain } };
    return { paths, password, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function randomPassword(): string {
  return crypto.getRandomValues(new Uint8Array(24)).toHex();
}

/** A key that is of no use to who finds it. */
async function encrypted(keyPem: string, passphrase: string): Promise<string> {
  const { createPrivateKey } = await import("node:crypto");
  return createPrivateKey(keyPem).export({
    type: "pkcs8",
    format: "pem",
    cipher: "aes-256-cbc",
    passphrase,
  }).toString();
}

function certificatesOf(pem: string): string[] {
  const blocks =
    pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ??
      [];
  return blocks.map((block) => `${block}\n`);
}

async function write(path: string, text: string): Promise<string> {
  await Deno.writeTextFile(path, text, { mode: 0o600, createNew: true });
  return path;
}
