/** What the tests of the engine share: files of a server, ways to it. */

import assert from "node:assert/strict";
import { formatCondition } from "../../lib/base/condition.ts";
import { Deadlines } from "../../lib/net/deadline.ts";
import { connectTcp } from "../../lib/net/tcp.ts";
import type { Transport } from "../../lib/net/transport.ts";
import type { TlsFailure } from "../../lib/tls/failure.ts";
import { authority, issue, type Issued } from "../support/certificates.ts";
import { run, temporaryDirectory } from "../support/run.ts";
import { failure, shake } from "../tls/handshakes.ts";
import { REFERENCE } from "./programs.ts";

export const ROOT = authority({ name: "Root", key: "rsa" });
export const SERVER = issue(ROOT, { name: "pacs", key: "rsa" });

export interface Files {
  readonly ca: string;
  readonly key: string;
  readonly certificate: string;
}

export async function withFiles(
  server: Issued,
  use: (files: Files) => Promise<void>,
): Promise<void> {
  await using directory = await temporaryDirectory({
    "ca.pem": ROOT.pem,
    "key.pem": server.keyPem,
    "certificate.pem": server.pem,
  });
  const { path } = directory;
  await use({
    ca: `${path}/ca.pem`,
    key: `${path}/key.pem`,
    certificate: `${path}/certificate.pem`,
  });
}

export async function connect(port: number): Promise<Transport> {
  using deadlines = new Deadlines();
  using deadline = deadlines.start(20_000);
  return await connectTcp({
    host: "127.0.0.1",
    port,
    addressFamily: "ipv4",
    deadline,
  });
}

/** The failure, and that its first line is the reference's. */
export async function fails(port: number, files: Files): Promise<TlsFailure> {
  const error = await failure(shake(await connect(port)));
  const [line = ""] = formatCondition(error.condition).split("\n");
  const { stderr } = await run(REFERENCE, [
    ...["+tla", "+cf", files.ca, "127.0.0.1", String(port)],
  ]);
  assert.equal(stderr.trim(), `F: Association Request Failed: ${line}`);
  return error.failure;
}
