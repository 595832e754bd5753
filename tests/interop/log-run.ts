/** Runs a case of logging through both programs, and keeps what they leave. */

import { decodeLatin1 } from "../../lib/base/text.ts";
import {
  type Program,
  type Run,
  run,
  temporaryDirectory,
} from "../support/run.ts";
import { startScriptedPeer } from "../support/scripted-peer.ts";
import { PORT } from "./case.ts";
import { argumentsOf, CONFIG, type LogCase, SYSLOG_PORT } from "./log-case.ts";
import { OURS, REFERENCE } from "./programs.ts";
import { freePort } from "./real-peers.ts";
import { startSyslogReceiver } from "./syslog-receivers.ts";

/** What ours is run with, by docs/logging.md. */
const PERMISSIONS = [
  "--allow-net",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys=hostname",
];

function ours(permissions: readonly string[]): Program {
  if (OURS.leadingArguments.length === 0) return OURS;
  return {
    ...OURS,
    leadingArguments: [
      "run",
      ...permissions,
      `${import.meta.dirname}/../../main.ts`,
    ],
  };
}

export const OUR_LOGGER: Program = ours(PERMISSIONS);

/** Deno lets nobody else at devices, nor at the socket of syslog. */
const OUR_DEVICE_LOGGER: Program = ours(["--allow-all"]);

const LIMIT = 20_000;

/** All that a program leaves behind. */
export interface Traces {
  readonly runs: readonly Run[];
  /** What lies in its directory, by path; folders end in "/", empty. */
  readonly files: ReadonlyMap<string, string>;
  readonly messages: readonly string[];
}

export interface LogPair {
  readonly reference: Traces;
  readonly ours: Traces;
}

/** Texts hold one character a byte. */
async function readFolder(
  path: string,
  into: Map<string, string> = new Map(),
  prefix = "",
): Promise<Map<string, string>> {
  for await (const entry of Deno.readDir(path)) {
    const name = prefix + entry.name;
    if (entry.isDirectory) {
      into.set(`${name}/`, "");
      await readFolder(`${path}/${entry.name}`, into, `${name}/`);
    } else {
      // Deno cannot open a file whose name is not UTF-8.
      const bytes = await Deno.readFile(`${path}/${entry.name}`)
        .catch(() => undefined);
      into.set(name, bytes ? decodeLatin1(bytes) : "(cannot be read)");
    }
  }
  return into;
}

/** Runs one program in a directory of its own. */
export async function runInDirectory(
  program: Program,
  test: LogCase,
  port: number,
): Promise<Traces> {
  await using receiver = test.receiver === undefined
    ? undefined
    : await startSyslogReceiver(test.receiver);
  const place = (text: string): string =>
    text.replaceAll(PORT, String(port))
      .replaceAll(SYSLOG_PORT, String(receiver?.port ?? 0));
  const config = typeof test.config === "string"
    ? place(test.config)
    : test.config;
  const files = Object.fromEntries(
    Object.entries(test.files ?? {}).map(([name, content]) => [
      name,
      typeof content === "string" ? place(content) : content,
    ]),
  );
  await using directory = await temporaryDirectory({
    ...files,
    [CONFIG]: config,
  });
  for (const name of test.folders ?? []) {
    await Deno.mkdir(`${directory.path}/${name}`);
  }
  if (test.modified !== undefined) {
    for (const name of Object.keys(test.files ?? {})) {
      await Deno.utime(
        `${directory.path}/${name}`,
        test.modified,
        test.modified,
      );
    }
  }
  const runs: Run[] = [];
  for (let time = 0; time < (test.times ?? 1); time++) {
    runs.push(
      await run(program, argumentsOf(test).map(place), {
        cwd: directory.path,
        env: test.env ?? {},
        limit: test.limit ?? LIMIT,
      }),
    );
  }
  const left = await readFolder(directory.path);
  // The ports of receivers differ.
  left.delete(CONFIG);
  return { runs, files: left, messages: await receiver?.messages() ?? [] };
}

async function runOnce(test: LogCase, shared: number): Promise<LogPair> {
  const { peer = "shared" } = test;
  await using scripted = typeof peer === "string"
    ? undefined
    : await startScriptedPeer(peer);
  const port = scripted?.port ?? (peer === "nobody" ? freePort() : shared);
  const start = (program: Program): Promise<Traces> =>
    runInDirectory(program, test, port);
  if (test.receiver?.endsWith("/dev/log")) {
    const reference = await start(REFERENCE);
    return { reference, ours: await start(OUR_DEVICE_LOGGER) };
  }
  const usesDevice = /= \/dev\/|\/dev\/stdin/.test(
    [test.config, ...argumentsOf(test)].join("\n"),
  );
  const [reference, ours] = await Promise.all([
    start(REFERENCE),
    start(usesDevice ? OUR_DEVICE_LOGGER : OUR_LOGGER),
  ]);
  return { reference, ours };
}

const thisMinute = (): number => Math.floor(Date.now() / 60_000);

/**
 * Runs both programs, again when a minute ended meanwhile: times, and names of
 * files made from them, are then compared to the minute.
 */
export async function runBoth(
  test: LogCase,
  shared: number,
): Promise<LogPair> {
  for (;;) {
    const minute = thisMinute();
    const pair = await runOnce(test, shared);
    if (minute === thisMinute()) return pair;
  }
}
