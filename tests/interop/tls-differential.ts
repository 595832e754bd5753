/** Runs a case of TLS through both programs and says what is not as it must be. */

import { type Program, type Run, run } from "../support/run.ts";
import { PORT } from "./case.ts";
import { OURS, REFERENCE } from "./programs.ts";
import { DATE, type Differing, type Line, type TlsCase } from "./tls-case.ts";
import type { PeerPool } from "./tls-peers.ts";

/** Long for any case, short for a person who waits for a hang to be noticed. */
const LIMIT = 20_000;
/** For the reference where it is known to hang. */
const HANGING = 3000;

/** Ours, as the launcher starts it when TLS is wanted. */
export const OURS_WITH_TLS: Program = OURS.leadingArguments.length === 0
  ? OURS
  : {
    ...OURS,
    leadingArguments: [
      "run",
      "--no-prompt",
      "--allow-net",
      "--allow-read",
      "--allow-write",
      "--allow-env",
      "--allow-sys=hostname",
      "--allow-run=/usr/bin/openssl",
      ...OURS.leadingArguments.slice(-1),
    ],
  };

/** The reference's run only where it is compared. */
export interface TlsRuns {
  readonly ours: Run;
  readonly reference: Run | undefined;
}

export async function runTlsCase(
  test: TlsCase,
  folder: string,
  pool: PeerPool,
): Promise<TlsRuns> {
  const port = String(await pool.portOf(test.peer ?? { kind: "nobody" }));
  const args = test.args.map((argument) => argument.replaceAll(PORT, port));
  const start = (program: Program, limit: number): Promise<Run> =>
    run(program, args, {
      cwd: folder,
      limit,
      ...(test.stdin === undefined ? {} : { stdin: test.stdin }),
    });
  const asked = test.reference === undefined || "deviation" in test.reference;
  const limit = differingOf(test)?.exit === "hang" ? HANGING : LIMIT;
  const [ours, reference] = await Promise.all([
    start(OURS_WITH_TLS, LIMIT),
    asked ? start(REFERENCE, limit) : undefined,
  ]);
  return { ours, reference };
}

function differingOf({ reference }: TlsCase): Differing | undefined {
  return reference !== undefined && "deviation" in reference
    ? reference
    : undefined;
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

const A_DATE = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC";

function isLike(line: string | undefined, wanted: Line | undefined): boolean {
  if (line === undefined || wanted === undefined) return line === wanted;
  if (wanted instanceof RegExp) return wanted.test(line);
  const literally = wanted.split(DATE)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&"));
  return new RegExp(`^${literally.join(A_DATE)}$`).test(line);
}

function unlike(
  what: string,
  lines: readonly string[],
  wanted: readonly Line[] = [],
): string[] {
  const length = Math.max(lines.length, wanted.length);
  return Array.from({ length }, (_, at) => at)
    .filter((at) => !isLike(lines[at], wanted[at]))
    .map((at) =>
      `${what}, line ${at + 1}:\n  is     ${lines[at]}\n  wanted ${wanted[at]}`
    );
}

/** What is not as it must be, ready to print; none: all is well. */
export function problemsOf(
  test: TlsCase,
  { ours, reference }: TlsRuns,
): readonly string[] {
  const problems: string[] = [];
  if (ours.exit !== test.exit) {
    problems.push(`exit code ${ours.exit}, wanted ${test.exit}`);
  }
  const said = linesOf(ours.stderr);
  problems.push(
    ...unlike("standard error", said, test.says),
    ...unlike("standard output", linesOf(ours.stdout), test.prints),
  );
  if (reference === undefined) return problems;
  const differing = differingOf(test);
  const exit = differing === undefined ? ours.exit : differing.exit;
  if (reference.exit !== exit) {
    problems.push(`the reference's exit code ${reference.exit}, not ${exit}`);
  }
  const first = differing === undefined ? said[0] : differing.first;
  problems.push(
    ...unlike(
      "the reference's standard error",
      linesOf(reference.stderr).slice(0, 1),
      first === undefined ? [] : [first],
    ),
  );
  if (differing?.otherOutput !== true && reference.stdout !== ours.stdout) {
    problems.push(`the reference's standard output: ${reference.stdout}`);
  }
  return problems;
}
