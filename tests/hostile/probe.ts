/**
 * Verifies scripted hostile peers and says what came of it: on the wire, to the
 * user, to the caller. Every case runs at trace level, and what the default
 * level shows is taken from that.
 */

import assert from "node:assert/strict";
import { BuiltInDictionary } from "../../lib/dictionary/built-in.ts";
import { consoleLog } from "../../lib/log/log.ts";
import { exitCode } from "../../lib/report/exit-code.ts";
import { logReporter } from "../../lib/report/reporter.ts";
import type { VerificationSettings } from "../../lib/verify/settings.ts";
import {
  type Connection,
  type Script,
  startScriptedPeer,
} from "../support/scripted-peer.ts";
import { eachInParallel } from "../interop/pool.ts";
import { IDENTITY, secured } from "./secured.ts";
import { DEFAULTS, verifyHost } from "../verify/verification.ts";

/** One hostile peer, and what must come of it. */
export interface HostileCase {
  /** The rule that is checked, with its section. */
  readonly rule: string;
  readonly script: Script;
  readonly settings?: Partial<VerificationSettings> | undefined;
  /** What we send, as {@linkcode wire} writes it; null: nobody reads it. */
  readonly sent: string | null;
  /** All lines of the default level. */
  readonly lines: readonly string[];
  readonly exit: number;
}

/** What a user, the caller and the peer saw. */
export interface Probe {
  readonly exit: number;
  readonly log: string;
  /** The lines of the default level. */
  readonly lines: readonly string[];
  readonly sent: string;
}

const NAMES: Readonly<Record<number, string>> = {
  1: "RQ",
  4: "DATA",
  5: "RELEASE-RQ",
  6: "RELEASE-RP",
};

/** "RQ DATA ABORT(2,6)": source and reason of an abort in parentheses. */
export function wire(connections: readonly Connection[]): string {
  return connections.map(({ pdus, surplus }) =>
    [
      ...pdus.map((pdu) =>
        pdu[0] === 7
          ? `ABORT(${pdu[8]},${pdu[9]})`
          : NAMES[pdu[0] ?? 0] ?? `type ${pdu[0]}`
      ),
      ...(surplus.byteLength > 0 ? [`${surplus.byteLength} bytes more`] : []),
    ].join(" ")
  ).join(" | ");
}

const DICTIONARY = new BuiltInDictionary(() =>
  Deno.readFileSync(new URL("../../dicom.dic", import.meta.url))
);

/** Far beyond every bound in these tests: only a hang lasts as long. */
const WATCHDOG = 15_000;

export async function withinBound<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(new Error("the verification hangs")),
    WATCHDOG,
  );
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is below the association. */
export type Carrier = "TCP" | "TLS";

/** Verifies a peer that follows the script. */
export async function probe(
  script: Script,
  settings: Partial<VerificationSettings> = {},
  carrier: Carrier = "TCP",
): Promise<Probe> {
  const tls = carrier === "TLS";
  await using peer = await startScriptedPeer(
    script,
    tls ? IDENTITY : undefined,
  );
  const all = { ...DEFAULTS, port: peer.port, ...settings };
  let log = "";
  const console = consoleLog("trace", (text) => log += text);
  const observe = await logReporter(
    console,
    { calling: all.callingAeTitle, called: all.calledAeTitle },
    () => DICTIONARY,
  );
  const secure = tls ? secured(console) : undefined;
  const { outcome } = await withinBound(verifyHost(all, { observe, secure }));
  await withinBound(peer.settled());
  return {
    exit: exitCode(outcome),
    log,
    lines: log.split("\n").filter((line) => /^[FEW]: /.test(line)),
    sent: wire(peer.connections),
  };
}

/** Control and format characters; only line feeds may be in a log. */
const HARMFUL = /[^\n\P{Cc}]|\p{Cf}|\p{Zl}|\p{Zp}/u;

/** Nothing of a log can do harm, and every line has its level. */
export function assertHarmless(log: string): void {
  assert.doesNotMatch(log, HARMFUL);
  for (const line of log.split("\n").slice(0, -1)) {
    assert.match(line, /^[FEWIDT]: /);
  }
}

/** Over TLS, at once: nearly all of each is waiting. */
const WIDTH = 12;

const UNSANITIZED = {
  sanitizeOps: false,
  sanitizeResources: false,
  sanitizeExit: false,
} as const;

/**
 * Makes a test of every case, and over TLS a step of every case: there they run
 * side by side, and what is left of them all shows in the end.
 */
export function testCases(cases: readonly HostileCase[]): void {
  for (const one of cases) Deno.test(one.rule, () => check(one, "TCP"));
  const [first] = cases;
  if (first === undefined) return;
  const name = `${cases.length} over TLS, from: ${first.rule}`;
  Deno.test(name, async (test) => {
    await eachInParallel(cases, WIDTH, async (one) => {
      const fn = (): Promise<void> => check(one, "TLS");
      await test.step({ name: one.rule, fn, ...UNSANITIZED });
    });
  });
}

async function check(
  { script, settings, sent, lines, exit }: HostileCase,
  carrier: Carrier,
): Promise<void> {
  const result = await probe(script, settings, carrier);
  assert.deepEqual(result.lines, lines);
  assert.equal(result.exit, exit);
  if (sent !== null) assert.equal(result.sent, sent);
  assertHarmless(result.log);
  // A failure is told, and a success is silent.
  const wrong = lines.some((line) => !line.startsWith("W: "));
  assert.equal(wrong, exit !== 0);
}
