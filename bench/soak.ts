/**
 * Many verifications, one after another and all at once, against the built-in
 * SCP in a process of its own; counts what is lost and what is left behind.
 *
 *     deno task soak > bench/SOAK.md
 */

import { connectTcp } from "../lib/net/tcp.ts";
import type { Outcome } from "../lib/verify/outcome.ts";
import { verify } from "../lib/verify/verify.ts";
import { bundle, MAIN_SCRIPT } from "../scripts/build/bundle.ts";
import { descriptors } from "./descriptors.ts";
import { peakMemory, processor } from "./measure.ts";
import { bundled } from "./subjects.ts";

const SERIES = 10_000;
const PROCESSES = 300;
const AT_ONCE = 1_000;
/** In one process, on one association. */
const ECHOES = [1, 1_000, 10_000, 100_000, 1_000_000];
const ROOT = new URL("../", import.meta.url).pathname;
const MAIN = new URL("../main.ts", import.meta.url).pathname;
const SCP = new URL("soak-scp.ts", import.meta.url).pathname;

interface Held {
  readonly descriptors: number;
  readonly mebibytes: number;
}

/** An SCP in another process. */
class Scp {
  readonly #process: Deno.ChildProcess;
  readonly #lines: ReadableStreamDefaultReader<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  #rest = "";

  constructor(associationLimit: number) {
    this.#process = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--allow-net=127.0.0.1", "--allow-run=ls"],
        ...[SCP, String(associationLimit)],
      ],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    this.#lines = this.#process.stdout
      .pipeThrough(new TextDecoderStream()).getReader();
    this.#input = this.#process.stdin.getWriter();
  }

  async line(): Promise<string> {
    while (!this.#rest.includes("\n")) {
      const { value, done } = await this.#lines.read();
      if (done) throw new Error("the SCP has ended");
      this.#rest += value;
    }
    const [line = "", ...rest] = this.#rest.split("\n");
    this.#rest = rest.join("\n");
    return line;
  }

  async held(): Promise<Held> {
    await this.#input.write(new TextEncoder().encode("?\n"));
    const [descriptors = 0, rss = 0] = (await this.line()).split(" ")
      .map(Number);
    return { descriptors, mebibytes: Math.round(rss / 2 ** 20) };
  }

  async end(): Promise<void> {
    await this.#input.close();
    await this.#lines.cancel();
    const { success } = await this.#process.status;
    if (!success) throw new Error("the SCP has failed");
  }
}

function own(): Held {
  return {
    descriptors: descriptors(),
    mebibytes: Math.round(Deno.memoryUsage().rss / 2 ** 20),
  };
}

async function verifyOnce(port: number): Promise<Outcome> {
  return await verify({
    peer: "127.0.0.1",
    port,
    addressFamily: "auto",
    callingAeTitle: "ECHOSCU",
    calledAeTitle: "ANY-SCP",
    transferSyntaxCount: 1,
    presentationContextCount: 1,
    connectTimeout: 60,
    socketTimeout: 60,
    acseTimeout: 30,
    dimseTimeout: undefined,
    maximumLength: 16384,
    repeat: 1,
    ending: "release",
  }, {
    connect: connectTcp,
    now: () => performance.now(),
    observe: () => {},
    signal: undefined,
    dictionaryFault: undefined,
  });
}

/** "verified", or what came instead. */
function kindOf({ failure }: Outcome): string {
  if (failure === undefined) return "verified";
  const { cause } = failure;
  return cause.kind === "rejected"
    ? `rejected (${cause.pdu.result}, ${cause.pdu.source}, ${cause.pdu.reason})`
    : `${failure.stage}: ${cause.kind}`;
}

function tally(kinds: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(", ");
}

async function inSeries(port: number): Promise<string> {
  const kinds: string[] = [];
  for (let count = 0; count < SERIES; count++) {
    kinds.push(kindOf(await verifyOnce(port)));
  }
  return tally(kinds);
}

async function byProcesses(port: number): Promise<string> {
  const kinds: string[] = [];
  for (let count = 0; count < PROCESSES; count++) {
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--allow-net",
        "--allow-read",
        "--allow-env=DCMDICTPATH",
        MAIN,
        "127.0.0.1",
        String(port),
      ],
    }).output();
    kinds.push(`with exit code ${code}`);
  }
  return tally(kinds);
}

async function atOnce(port: number): Promise<string> {
  const outcomes = await Promise.all(
    Array.from({ length: AT_ONCE }, () => verifyOnce(port)),
  );
  return tally(outcomes.map(kindOf));
}

/** Peak memory of series, as scripts with the flags of docs/install.md. */
async function measureSeries(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-soak-" });
  const scp = new Scp(64);
  try {
    const { scripts } = await bundle(ROOT, "unknown");
    for (const [name, code] of scripts) {
      await Deno.writeTextFile(`${folder}/${name}`, code);
    }
    const subject = bundled("bundled", `${folder}/${MAIN_SCRIPT}`);
    const port = await scp.line();
    for (const echoes of ECHOES) {
      const peak = await peakMemory(subject, [
        "--repeat",
        String(echoes),
        "127.0.0.1",
        port,
      ]);
      console.log(`| ${echoes} | ${peak?.toFixed(0) ?? "–"} MiB |`);
    }
  } finally {
    await scp.end();
    await Deno.remove(folder, { recursive: true });
  }
}

async function measure(
  name: string,
  associationLimit: number,
  work: (port: number) => Promise<string>,
): Promise<void> {
  const scp = new Scp(associationLimit);
  const port = Number(await scp.line());
  await verifyOnce(port);
  const [scpBefore, ownBefore] = [await scp.held(), own()];
  const start = performance.now();
  const result = await work(port);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  // Whoever was the last to be served has closed by then.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const [scpAfter, ownAfter] = [await scp.held(), own()];
  const change = (from: Held, to: Held): string =>
    `${from.descriptors} → ${to.descriptors} | ` +
    `${from.mebibytes} → ${to.mebibytes} MiB`;
  console.log(
    `| ${name} | ${result} | ${seconds} s | ${change(ownBefore, ownAfter)} | ` +
      `${change(scpBefore, scpAfter)} |`,
  );
  await scp.end();
}

console.log(`# Soak

Made by \`deno task soak\`: Deno ${Deno.version.deno}, ${Deno.build.target}, ${navigator.hardwareConcurrency} × ${await processor()}, loopback, the SCP in a process
of its own. Descriptors and resident memory are those before and, two seconds later, after.

| what | result | time | descriptors | memory | of the SCP: descriptors | memory |
| ---- | ------ | ---- | ----------- | ------ | ----------------------- | ------ |`);
await measure(`${SERIES} verifications in a row`, 64, inSeries);
await measure(`${PROCESSES} processes in a row`, 64, byProcesses);
await measure(`${AT_ONCE} at once, no more than 64 associations`, 64, atOnce);
await measure(`${AT_ONCE} at once, all of them`, AT_ONCE, atOnce);
console.log(`
The one or two descriptors more are the runtime's own: they do not grow with the
number of verifications. A rejected request got "local limit exceeded" (PS3.8
Table 9-21), which is what it is to get; none went without an answer.`);
console.log(`
One process with so many echoes on one association, as scripts with the flag of
V8 that docs/install.md gives them, and executables have:

| echoes | most memory held |
| -----: | ---------------: |`);
await measureSeries();
