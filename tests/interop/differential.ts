/** Runs a case through both programs and says where they differ. */

import { unifiedDiff } from "../support/diff.ts";
import { startFullListener } from "../support/full-listener.ts";
import { normalise } from "../support/normalise.ts";
import {
  type Program,
  type Run,
  run,
  temporaryDirectory,
} from "../support/run.ts";
import { type Script, startScriptedPeer } from "../support/scripted-peer.ts";
import { type Case, PORT } from "./case.ts";
import type { Deviation } from "./deviation.ts";
import { OURS, REFERENCE, SELF_CHECK } from "./programs.ts";
import { freePort } from "./real-peers.ts";

/** Long for any case, short for a person who waits for a hang to be noticed. */
const LIMIT = 20_000;

/** Where the peer of a case listens, for as long as the case takes. */
interface Peer extends AsyncDisposable {
  readonly port: number;
}

async function startPeer(peer: Script | "nobody" | "full"): Promise<Peer> {
  if (peer === "full") return await startFullListener();
  if (peer !== "nobody") return await startScriptedPeer(peer);
  return { port: freePort(), [Symbol.asyncDispose]: async () => {} };
}

/** Both programs' runs of one case, before anything is masked. */
export interface Pair {
  readonly reference: Run;
  readonly ours: Run;
}

/** Runs both programs side by side; `shared` is the port of a shared peer. */
export async function runBoth(test: Case, shared: number): Promise<Pair> {
  await using peer = test.peer === undefined || test.peer === "shared"
    ? undefined
    : await startPeer(test.peer);
  const port = String(peer?.port ?? shared);
  const place = (text: string): string => text.replaceAll(PORT, port);
  const files = Object.fromEntries(
    Object.entries(test.files ?? {}).map(([name, content]) => [
      name,
      typeof content === "string" ? place(content) : content,
    ]),
  );
  await using directory = await temporaryDirectory(files);
  for (const name of test.folders ?? []) {
    await Deno.mkdir(`${directory.path}/${name}`);
  }
  const start = (program: Program): Promise<Run> =>
    run(program, test.args.map(place), {
      cwd: directory.path,
      env: test.env ?? {},
      limit: LIMIT,
    });
  const [reference, ours] = await Promise.all([start(REFERENCE), start(OURS)]);
  return { reference, ours };
}

/** Takes the lines that match one of `patterns` out of `text`. */
function without(
  text: string,
  patterns: readonly RegExp[],
  who: string,
  problems: string[],
): string {
  const lines = text.split("\n");
  for (const pattern of patterns) {
    const at = lines.findIndex((line) => pattern.test(line));
    if (at < 0) problems.push(`${who} has no line like ${pattern}`);
    else lines.splice(at, 1);
  }
  return lines.join("\n");
}

/** Every difference that is not declared, ready to print; none: they agree. */
export function differences(test: Case, pair: Pair): readonly string[] {
  const declared: Partial<Deviation> = SELF_CHECK ? {} : test.deviation ?? {};
  const problems: string[] = [];
  const options = { dictionaryGiven: (test.env?.["DCMDICTPATH"] ?? "") !== "" };

  const expected = declared.exitCode ?? pair.reference.exit;
  if (pair.ours.exit !== expected) {
    problems.push(
      `exit: ${pair.ours.exit}, expected ${expected} ` +
        `(reference: ${pair.reference.exit})`,
    );
  }

  if (declared.ownWords) {
    if (pair.ours.stdout === "") problems.push("standard output is empty");
  } else {
    const diff = unifiedDiff(
      normalise(pair.reference.stdout, options),
      normalise(pair.ours.stdout, options),
    );
    if (diff !== "") problems.push(`standard output:\n${diff}`);
  }

  const diff = unifiedDiff(
    without(
      normalise(pair.reference.stderr, options),
      declared.onlyReference ?? [],
      "the reference",
      problems,
    ),
    without(
      normalise(pair.ours.stderr, options),
      declared.onlyOurs ?? [],
      "ours",
      problems,
    ),
  );
  if (diff !== "") problems.push(`standard error:\n${diff}`);
  return problems;
}

/** What a person needs to see the differences again. */
export function report(test: Case, problems: readonly string[]): string {
  const given = Object.entries(test.env ?? {}).map(([name, value]) =>
    `${name}='${value}' `
  ).join("");
  const args = test.args.map((argument) => JSON.stringify(argument)).join(" ");
  return [`${given}echoscu ${args}`, ...problems].join("\n");
}
