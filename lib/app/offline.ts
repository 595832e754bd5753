/** Answers about TLS and certificates that need no connection. */

import type { Command } from "../cli/command.ts";
import { headerText } from "../cli/help.ts";
import type { Host } from "../host.ts";
import { type Log, tls } from "../log/log.ts";
import { Deadlines, ExpiredError } from "../net/deadline.ts";
import { EXIT_CODE } from "../report/exit-code.ts";
import { cipherSuiteList, profileList } from "../tls/offline/lists.ts";
import {
  isRootCertificate,
  type OfflineVerdict,
  verifyCertificate,
} from "../tls/offline/offline.ts";
import {
  findOpenssl,
  type OpensslSearch,
} from "../tls/openssl/openssl-program.ts";
import { loadOrTell } from "./load-tls.ts";
import { withLog } from "./log.ts";

/** An `openssl` program that does not answer holds a list up so long, in ms. */
const PROGRAM_TIMEOUT = 5000;

/** `+cc` and `+ph`. */
export async function printList(
  kind: "list-ciphers" | "list-profiles",
  host: Host,
): Promise<number> {
  const { runtime, programs, system } = await host.tlsMachine(
    new AbortController().signal,
  );
  using deadlines = new Deadlines();
  using deadline = deadlines.start(PROGRAM_TIMEOUT);
  const openssl = await findOpenssl(programs, system, deadline)
    .catch(silent);
  const installation = { runtime: `Deno ${runtime}`, openssl };
  const lines = kind === "list-ciphers"
    ? cipherSuiteList(installation)
    : profileList(installation);
  host.writeOut(`${headerText()}\n${lines.join("\n")}\n`);
  return EXIT_CODE.verified;
}

/** What is found when the time is over. */
function silent(error: unknown): OpensslSearch {
  if (!(error instanceof ExpiredError)) throw error;
  return { kind: "missing", reason: "it does not answer" };
}

type OfflineCommand = Extract<
  Command,
  { kind: "verify-certificate" | "is-root-certificate" }
>;

/** `+vc` and `+rc`. */
export function judgeCertificate(
  command: OfflineCommand,
  host: Host,
): Promise<number> {
  return withLog(command, host, async (log) => {
    const verdict = await verdictOn(command, log, host);
    if (verdict === undefined) return EXIT_CODE.failed;
    for (const text of verdict.errors) log.write(tls("error", text));
    host.writeOut(`${verdict.output}\n`);
    return verdict.good ? EXIT_CODE.verified : EXIT_CODE.badInputFile;
  });
}

/** Undefined: it cannot be told, and why is said. */
async function verdictOn(
  { kind, file, tls: settings }: OfflineCommand,
  log: Log,
  host: Host,
): Promise<OfflineVerdict | undefined> {
  const { files } = host;
  const now = new Date();
  if (kind === "is-root-certificate") {
    return await isRootCertificate(file, settings, files, now);
  }
  const machine = await host.tlsMachine(new AbortController().signal);
  const loading = await loadOrTell(settings, log, host, machine, "offline");
  if (loading.kind !== "loaded") return undefined;
  return await verifyCertificate(file, settings, loading.loaded, files, now);
}
