/** A machine for TLS: certificates in memory, no program but ours. */

import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { startVerificationScp } from "../../lib/scp/server.ts";
import type { ScpTls } from "../../lib/scp/tls.ts";
import type { TlsMachine } from "../../lib/tls/deno/machine.ts";
import type { PasswordTerminal } from "../../lib/tls/files/password.ts";
import {
  authority,
  crl,
  DAY,
  issue,
  selfSigned,
} from "../support/certificates.ts";
import { FakePrograms } from "../tls/fake-programs.ts";
import { fakeTerminal } from "../tls/setup.ts";
import { type HostOptions, type Result, runLine } from "./fake-host.ts";

export const ROOT = authority({ name: "Root" });
export const PACS = issue(ROOT, {
  name: "pacs",
  dns: ["pacs.test", "*.wards.test"],
  ip: ["127.0.0.1"],
});
export const EXPIRED = issue(ROOT, {
  name: "expired",
  notAfter: new Date(Date.now() - DAY / 2),
});
export const DEVICE = selfSigned({ name: "device" });
const SCU = issue(ROOT, { name: "scu" });
export const PASSWORD = "Open-Sesame-4711";
const LOCKED_KEY = createPrivateKey(SCU.keyPem).export({
  type: "pkcs8",
  format: "pem",
  cipher: "aes-256-cbc",
  passphrase: PASSWORD,
}).toString();

const FILES = {
  "root.pem": ROOT.pem,
  "device.pem": DEVICE.pem,
  "scu.pem": SCU.pem,
  "scu.key": SCU.keyPem,
  "locked.key": LOCKED_KEY,
  "pacs.pem": PACS.pem,
  "revoked.pem": crl(ROOT, [PACS]).pem,
};

export const TRUSTING = ["+tla", "+cf", "root.pem"];
export const SHOWING = ["+tls", "scu.key", "scu.pem", "-pw", "+cf", "root.pem"];
export const FAILED = "F: Association Request Failed: ";
export const NOT_VERIFIED =
  `${FAILED}000b:0886 TLS error: certificate verify failed`;

export interface Wishes extends HostOptions {
  readonly stdin?: string;
  readonly runtime?: string;
  readonly terminal?: Partial<PasswordTerminal>;
  /** Files beside those that all have. */
  readonly more?: Readonly<Record<string, string>>;
  /** Told of a file that only its owner may read. */
  readonly onWrite?: (path: string) => void;
}

/** A machine without an openssl program. */
export function options(wishes: Wishes = {}): HostOptions {
  const { stdin, runtime = Deno.version.deno } = wishes;
  const machine = (signal: AbortSignal): Promise<TlsMachine> =>
    Promise.resolve({
      runtime,
      system: "linux",
      terminal: { ...fakeTerminal(stdin, { signal }), ...wishes.terminal },
      programs: new FakePrograms({ permitted: [] }),
      writeOwnerOnly: wishes.onWrite ?? (() => assert.fail("written")),
    });
  return {
    ...wishes,
    files: { ...FILES, ...wishes.more },
    host: { tlsMachine: machine, ...wishes.host },
  };
}

export async function against(
  tls: ScpTls,
  argv: readonly string[],
  wishes: Wishes = {},
): Promise<Result> {
  await using scp = startVerificationScp({ tls });
  const line = [...argv, "127.0.0.1", String(scp.port)];
  return await runLine(line, options(wishes));
}

export function says(result: Result, exit: number, ...lines: string[]): void {
  assert.deepEqual(
    { exit: result.exit, lines: result.stderr.split("\n") },
    { exit, lines: [...lines, ""] },
  );
}

export const SILENT = { exit: 0, stdout: "", stderr: "" };

export const LOCKED = ["+tls", "locked.key", "scu.pem", "+cf", "root.pem"];
