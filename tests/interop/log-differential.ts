/** Says where two programs logged otherwise, with the same configuration. */

import { decodeLatin1 } from "../../lib/base/text.ts";
import { unifiedDiff } from "../support/diff.ts";
import { argumentsOf, CONFIG, type LogCase } from "./log-case.ts";
import type { LogDeviation } from "./log-deviations.ts";
import { mask } from "./log-masks.ts";
import type { LogPair, Traces } from "./log-run.ts";
import { SELF_CHECK } from "./programs.ts";

/** Lines beyond which a whole difference is of no use to anybody. */
const SHOWN = 400;

/** Takes out the first line like each of `patterns`. */
function without(
  text: string,
  patterns: readonly RegExp[],
  who: string,
  problems: string[],
): string {
  return patterns.reduce((left, pattern) => {
    const found = left.split("\n").find((line) => pattern.test(line));
    if (found !== undefined) {
      return `\n${left}`.replace(`\n${found}`, "").slice(1);
    }
    problems.push(`${who} has no line like ${pattern}`);
    return left;
  }, text);
}

/** A difference between texts, short enough to be read. */
function difference(what: string, left: string, right: string): string[] {
  if (left === right) return [];
  const [a, b] = [left.split("\n"), right.split("\n")];
  if (a.length + b.length <= SHOWN) {
    const cut = (all: readonly string[]): string =>
      all.map((line) =>
        line.length > SHOWN ? `${line.length}: ${line.slice(0, SHOWN)}` : line
      )
        .join("\n");
    const diff = unifiedDiff(cut(a), cut(b));
    if (diff !== "") return [`${what}:\n${diff}`];
  }
  const at = a.findIndex((line, index) => line !== b[index]);
  return [
    `${what}: ${left.length} and ${right.length} characters, ` +
    `${a.length} and ${b.length} lines, first difference in line ${at}:\n` +
    `-${a[at]?.slice(0, SHOWN)}\n+${b[at]?.slice(0, SHOWN)}`,
  ];
}

/** Every difference that is not declared, ready to print; none: they agree. */
export function differences(
  test: LogCase,
  { reference, ours }: LogPair,
): readonly string[] {
  const declared: Partial<LogDeviation> = SELF_CHECK
    ? {}
    : test.deviation ?? {};
  const problems: string[] = [];
  const compared = (text: string): string => mask(text, test.masks ?? []);

  reference.runs.forEach((theirs, index) => {
    const own = ours.runs[index];
    const expected = declared.exitCode ?? theirs.exit;
    if (own?.exit !== expected) {
      problems.push(
        `exit: ${own?.exit}, expected ${expected} (reference: ${theirs.exit})`,
      );
    }
    if (declared.otherOutput === undefined) {
      problems.push(...difference(
        "standard output",
        compared(theirs.stdout),
        compared(own?.stdout ?? ""),
      ));
    }
    problems.push(...difference(
      "standard error",
      without(
        compared(theirs.stderr),
        declared.onlyReference ?? [],
        "the reference",
        problems,
      ),
      without(
        compared(own?.stderr ?? ""),
        declared.onlyOurs ?? [],
        "ours",
        problems,
      ),
    ));
  });

  const named = (files: ReadonlyMap<string, string>): Map<string, string> =>
    new Map(
      [...files].map(([name, text]) => [compared(name), compared(text)]),
    );
  const [theirs, own] = [named(reference.files), named(ours.files)];
  for (const name of [...new Set([...theirs.keys(), ...own.keys()])].sort()) {
    const [left, right] = [theirs.get(name), own.get(name)];
    const expected = declared.ourFiles?.[name];
    if (expected !== undefined) {
      if (right === undefined || !expected.test(right)) {
        problems.push(`${name} is not like ${expected}: ${right}`);
      }
      continue;
    }
    if (left === undefined) problems.push(`only ours writes ${name}`);
    else if (right === undefined) {
      if (declared.theirFiles?.includes(name)) continue;
      problems.push(`ours does not write ${name}`);
    } else problems.push(...difference(name, left, right));
  }

  const messages = (traces: Traces): string =>
    traces.messages.map(compared).filter((text) => text !== "").join("\n");
  const silent = test.receiver === "no /dev/log";
  if (!silent && test.receiver && reference.messages.length === 0) {
    problems.push("the reference sends nothing");
  }
  problems.push(...difference(
    "syslog messages",
    messages(reference),
    messages(ours),
  ));
  return problems;
}

/** What a person needs to see the differences again. */
export function report(test: LogCase, problems: readonly string[]): string {
  const config = typeof test.config === "string"
    ? test.config
    : decodeLatin1(test.config);
  const args = argumentsOf(test).map((argument) => JSON.stringify(argument));
  return [
    `echoscu ${args.join(" ")}`,
    `${CONFIG}:`,
    config.length > 4000 ? "(long)" : config,
    ...problems,
  ].join("\n");
}
