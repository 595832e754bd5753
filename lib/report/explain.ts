/** `--explain`: a check as a person thinks of it, for a terminal. Pure. */

import { NO_ADDRESSES } from "../result/unmeasured.ts";
import { formatCondition } from "../base/condition.ts";
import { escapeControls } from "../base/text.ts";
import { ownAddress, peerName, sentTitle } from "../diagnosis/names.ts";
import { lintTitle } from "../diagnosis/title-lint.ts";
import type {
  Diagnosis,
  PeerResult,
  PersonStage,
  Target,
} from "../result/types.ts";
import { factLines } from "./explain-facts.ts";
import { remarks } from "./remarks.ts";
import { hanging } from "./wrap.ts";

/** Whether there may be colours is for the caller to decide (`NO_COLOR`). */
export interface ExplainStyle {
  readonly colour: boolean;
}

const COLOURS = { red: 31, green: 32, yellow: 33, bold: 1 } as const;

function paint(
  text: string,
  colour: keyof typeof COLOURS,
  style: ExplainStyle,
): string {
  return style.colour ? `\x1b[${COLOURS[colour]}m${text}\x1b[0m` : text;
}

/** What is to be done, and what is odd about it: before connecting. */
export function explainTarget(target: Target, style: ExplainStyle): string {
  const { name, callingAeTitle, calledAeTitle } = target;
  const peer = peerName(target, NO_ADDRESSES) + (target.tls ? " with TLS" : "");
  const title = name === undefined ? peer : `${escapeControls(name)}: ${peer}`;
  return text([
    ...hanging("", title).map((line) => paint(line, "bold", style)),
    ...hanging(
      "",
      `${sentTitle(callingAeTitle)} calls ${sentTitle(calledAeTitle)}`,
    ),
    ...[
      ...lintTitle(callingAeTitle, "calling"),
      ...lintTitle(calledAeTitle, "called"),
    ].flatMap((warning) => marked("Warning: ", warning, "yellow", style)),
  ]);
}

/** What came of it: the stages, the cause and what to do, or the facts. */
export function explainResult(
  result: PeerResult,
  style: ExplainStyle,
): string {
  return text([
    ...STAGES.map(([stage, title]) => stageLine(stage, title, result, style)),
    "",
    ...verdict(result, style),
    ...factLines(result),
    ...notes(result, style),
  ]);
}

function notes(result: PeerResult, style: ExplainStyle): readonly string[] {
  const lines = remarks(result)
    .flatMap((one) => marked("Note: ", one, "yellow", style));
  return lines.length === 0 ? [] : ["", ...lines];
}

/** Both, one after the other. */
export function explain(result: PeerResult, style: ExplainStyle): string {
  return `${explainTarget(result.target, style)}\n${
    explainResult(result, style)
  }`;
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}

function marked(
  head: string,
  words: string,
  colour: keyof typeof COLOURS,
  style: ExplainStyle,
): readonly string[] {
  return hanging(head, words).map((line, index) =>
    index === 0
      ? `${paint(head.trimEnd(), colour, style)}${line.slice(head.length - 1)}`
      : line
  );
}

const STAGES: readonly (readonly [PersonStage, string])[] = [
  ["lookup", "name look-up"],
  ["connect", "connect"],
  ["tls", "TLS"],
  ["association", "association"],
  ["echo", "C-ECHO"],
  ["release", "release"],
];

function stageLine(
  stage: PersonStage,
  title: string,
  result: PeerResult,
  style: ExplainStyle,
): string {
  const head = `  ${title.padEnd(14)}`;
  const record = result.stages.find((one) => one.stage === stage);
  const failed = record?.ok === false || result.diagnosis?.stage === stage;
  if (record === undefined && !failed) {
    return `${head}-${" ".repeat(19)}${absence(stage, result)}`;
  }
  const word = (failed ? failedWord(result.diagnosis) : "ok").padEnd(7);
  const time = record === undefined
    ? ""
    : milliseconds(record.duration).padStart(11);
  const note = failed ? "" : noteOn(stage, result);
  const painted = paint(word, failed ? "red" : "green", style);
  return `${head}${painted}${time}  ${note}`.trimEnd();
}

/** Whoever ends a run does not make it a failure of the peer. */
function failedWord(diagnosis: Diagnosis | undefined): string {
  return diagnosis?.code === "interrupted" ? "ended" : "FAILED";
}

/** "12.3 ms" */
export function milliseconds(value: number): string {
  return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

/** Why there is no record of a stage. */
function absence(stage: PersonStage, { target, stages }: PeerResult): string {
  if (stage === "tls" && !target.tls) return "not asked for";
  if (stage === "lookup" && stages.some((one) => one.stage === "connect")) {
    return "not needed";
  }
  return "not reached";
}

function noteOn(stage: PersonStage, result: PeerResult): string {
  const { addresses, outcome, session } = result;
  switch (stage) {
    case "lookup": {
      const [first = "", ...others] = addresses.resolved;
      const more = others.length === 0 ? "" : ` (+${others.length})`;
      return escapeControls(first) + more;
    }
    case "connect": {
      const own = ownAddress(addresses);
      return own === undefined ? "" : `from ${own}`;
    }
    case "tls":
      return session === undefined ? "" : session.version;
    case "association":
      return "";
    case "echo": {
      const { sent, succeeded } = outcome.echoes;
      return sent === 1 ? "" : `${succeeded} of ${sent} answered`;
    }
    case "release":
      return "";
  }
}

function verdict(
  result: PeerResult,
  style: ExplainStyle,
): readonly string[] {
  const { diagnosis, duration, attempts } = result;
  const tries = attempts > 1 ? `, attempt ${attempts}` : "";
  const time = `${milliseconds(duration)}${tries}`;
  if (diagnosis === undefined) {
    return [`${paint("Verified", "green", style)} in ${time}`];
  }
  return failure(diagnosis, time, style);
}

function failure(
  diagnosis: Diagnosis,
  time: string,
  style: ExplainStyle,
): readonly string[] {
  const { stage, code, cause, next, condition, transient } = diagnosis;
  const [, title] = STAGES.find(([one]) => one === stage) ?? [];
  const word = code === "interrupted" ? "Ended" : "Failed";
  const failed = paint(word, "red", style);
  return [
    `${failed} in ${title} after ${time}: ${code}`,
    ...hanging("  ", cause),
    ...(transient ? ["  It may pass by itself."] : []),
    "",
    "What to check, most likely first:",
    ...next.flatMap((step, index) => hanging(`  ${index + 1}. `, step)),
    ...(condition === undefined ? [] : [
      "",
      "In the words of the log:",
      ...formatCondition(condition).split("\n")
        .flatMap((line) => hanging("  ", line)),
    ]),
  ];
}
