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

/** Verifies a peer that follows the script. */
export async function probe(
  script: Script,
  settings: Partial<VerificationSettings> = {},
): Promise<Probe> {
  await using peer = await startScriptedPeer(script);
  const all = { ...DEFAULTS, port: peer.port, ...settings };
  let log = "";
  const observe = await logReporter(
    consoleLog("trace", (text) => log += text),
    { calling: all.callingAeTitle, called: all.calledAeTitle },
    () => DICTIONARY,
  );
  const { outcome } = await withinBound(verifyHost(all, { observe }));
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

/** Makes a test of every case. */
export function testCases(cases: readonly HostileCase[]): void {
  for (const { rule, script, settings, sent, lines, exit } of cases) {
    Deno.test(rule, async () => {
      const result = await probe(script, settings);
      assert.deepEqual(result.lines, lines);
      assert.equal(result.exit, exit);
      if (sent !== null) assert.equal(result.sent, sent);
      assertHarmless(result.log);
      // A failure is told, and a success is silent.
      const wrong = lines.some((line) => !line.startsWith("W: "));
      assert.equal(wrong, exit !== 0);
    });
  }
}
