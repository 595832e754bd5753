/** The option beside other options, and whole conversations in a file. */

import { ABORT } from "../../support/golden.ts";
import { associateReject } from "../../support/pdus.ts";
import { HOST, PORT } from "../case.ts";
import { accept, answer, echoAnswer, verified } from "../cases/scripts.ts";
import { PEER_ABORTED } from "../deviations.ts";
import {
  CONFIG,
  lines,
  type LogCase,
  onConsole,
  pattern,
  root,
  toConsole,
  toFile,
} from "../log-case.ts";

const BOTH = lines(root("DEBUG, console, file"), ...toConsole(), ...toFile());

function given(
  name: string,
  args: readonly string[],
  config = BOTH,
  files: Readonly<Record<string, string>> = {},
): LogCase {
  return { name: `options: ${name}`, config, args, files, peer: "nobody" };
}

const LC = ["-lc", CONFIG];

export const COMMAND_LINES: readonly LogCase[] = [
  given("in its long form", ["--log-config", CONFIG, HOST, PORT]),
  given("after the peer", [HOST, PORT, ...LC]),
  given("twice", ["-lc", "missing.cfg", ...LC, HOST, PORT]),
  given("twice, the last missing", [...LC, "-lc", "missing.cfg", HOST, PORT]),
  given("without a value", [HOST, PORT, "-lc"]),
  ...["-q", "-v", "-d", "-ll"].flatMap((option) => {
    const level = option === "-ll" ? [option, "info"] : [option];
    return [
      given(`then ${option}`, [...LC, ...level, HOST, PORT]),
      given(`${option} first`, [...level, ...LC, HOST, PORT]),
    ];
  }),
  given("a missing file and -v", ["-lc", "missing.cfg", "-v", HOST, PORT]),
  given("a folder", ["-lc", ".", HOST, PORT]),
  given("a device", ["-lc", "/dev/null", HOST, PORT]),
  given("standard input, which is empty", ["-lc", "/dev/stdin", HOST, PORT]),
  given("a file below a file", ["-lc", `${CONFIG}/x`, HOST, PORT]),
  given("a file name that is too long", ["-lc", "x".repeat(300), HOST, PORT]),
  given("a command file", ["@args.cmd"], BOTH, {
    "args.cmd": `-lc ${CONFIG}\n${HOST} ${PORT}\n`,
  }),
  given("an empty file", [...LC, HOST, PORT], ""),
  given("no root logger", [...LC, HOST, PORT], lines(...toConsole())),
  given("a bad port", [...LC, HOST, "0"]),
  given("a bad time limit", [...LC, "-to", "0", HOST, PORT]),
  given(
    "a bad time limit, root off",
    [...LC, "-to", "0", HOST, PORT],
    "" +
      lines(root("OFF, console"), ...toConsole()),
  ),
  given(
    "a bad time limit, root at FATAL",
    [...LC, "-to", "0", HOST, PORT],
    "" +
      lines(root("FATAL, console"), ...toConsole()),
  ),
  given("a missing parameter", [...LC, HOST]),
  given("an unknown option", [...LC, "--unknown", HOST, PORT]),
  given(
    "a level, and a broken appender",
    [...LC, "-to", "0", HOST, PORT],
    "" +
      lines(root("OFF, missing")),
  ),
  ...["TRACE", "FATAL", "OFF"].map((level) =>
    onConsole(`options: --arguments at ${level}`, level, [], {
      options: ["--arguments"],
      peer: "nobody",
    })
  ),
  {
    name: "options: --arguments and a threshold",
    config: lines(
      root("INFO, console, file"),
      ...toConsole({ Threshold: "WARN" }),
      ...toFile(),
    ),
    options: ["--arguments"],
    peer: "nobody",
  },
  {
    name: "options: --arguments with its logger",
    config: lines(root("INFO, file"), ...toFile(pattern("%p %c %m%n"))),
    options: ["--arguments"],
    peer: "nobody",
  },
];

/** Where ours says more on the wire, and traces it: see deviations.ts. */
const NO_TRACE = ["DEBUG"];

/** All lines of a conversation, with their loggers, in a file. */
function told(
  name: string,
  rest: Partial<LogCase>,
  levels: readonly string[] = ["DEBUG", "TRACE"],
): readonly LogCase[] {
  return levels.map((level) => ({
    name: `conversation at ${level}: ${name}`,
    config: lines(
      root(`${level}, file, console`),
      ...toFile(pattern("%p %c %m%n")),
      ...toConsole({ Threshold: "ERROR" }),
    ),
    ...rest,
  }));
}

export const CONVERSATIONS: readonly LogCase[] = [
  ...told("verified", { peer: verified() }),
  ...told("verified five times", { options: ["--repeat", "5"] }),
  ...told("128 contexts", { options: ["-ppc", "128"] }),
  ...told("ended by --abort", { options: ["--abort"] }),
  ...told("nobody there", { peer: "nobody" }),
  ...told("unknown host", {
    args: ["-lc", CONFIG, "no..such..host", "104"],
  }),
  ...told("rejected", { peer: answer(associateReject(1, 1, 7)) }),
  ...told("no context accepted", {
    peer: accept({ contexts: [{ id: 1, result: 3 }] }),
  }, NO_TRACE),
  ...told("aborted by the peer", {
    peer: echoAnswer(ABORT),
    deviation: PEER_ABORTED,
  }),
  ...told("an acceptance that is garbage", {
    peer: answer(new Uint8Array(40).fill(0x55)),
  }, NO_TRACE),
  ...told("a dictionary that is missing", {
    env: { DCMDICTPATH: "missing.dic" },
  }),
];
