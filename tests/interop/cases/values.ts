/** Values of options and parameters: numbers, ranges, log levels. */

import { type Case, HOST, PORT, usage } from "../case.ts";
import { showing, usageError } from "../deviation.ts";
import { NEWER_OPTION, TRANSFER_SYNTAX_ORDER } from "../deviations.ts";

export const PORTS: readonly Case[] = [
  "0",
  "65536",
  "-1",
  "abc",
  "",
  "0x68",
  "99999999999999999999999",
  "\t-1",
  " -1",
].map((port) => usage([HOST, port]));

/** Port numbers with something before or behind the digits. */
export const LENIENT_PORTS: readonly Case[] = ["+", " ", "\t", "0"].map((
  before,
) => usage([HOST, `${before}${PORT}`], { peer: "nobody" })).concat(
  ["x", " ", ".5", "e3"].map((behind) =>
    usage([HOST, `${PORT}${behind}`], { peer: "nobody" })
  ),
);

/** Options of signed numbers that must be 1 at least, `-ts` apart. */
const SIGNED = ["-to", "-ta", "-td"].flatMap((option) =>
  ["0", "-1", "abc", "", "-99999999999999999999"].map((value) =>
    usage([option, value, HOST, "104"])
  )
);

export const TIMEOUTS: readonly Case[] = [
  ...SIGNED,
  usage(["-ts", "-2", HOST, "104"]),
  usage(["-ts", "x", HOST, "104"]),
  ...["0x1e", "017", " 5", "5x", "1.9", "+3", "99999999999999999999"].map((
    value,
  ) => usage(["-ta", value, HOST, PORT], { peer: "nobody" })),
  usage(["-ts", "-1", HOST, PORT], { peer: "nobody" }),
  usage(["-ts", "0", "-d", HOST, PORT], { peer: "nobody" }),
  usage(["-ts", "7", "-d", HOST, PORT], { peer: "nobody" }),
];

export const NUMBERS: readonly Case[] = [
  usage(["-pdu", "4095", HOST, "104"]),
  usage(["-pdu", "131073", HOST, "104"]),
  usage(["-pdu", "", HOST, "104"]),
  usage(["-pdu", "0x4000", HOST, "104"]),
  usage(["--max-pdu", "big", HOST, "104"]),
  usage(["-pdu", "-16384", HOST, "104"]),
  usage(["--repeat", "0", HOST, "104"]),
  usage(["--repeat", "-1", HOST, "104"]),
  usage(["--repeat", "\t-1", HOST, PORT], { peer: "nobody" }),
  usage(["--repeat", "99999999999999999999", HOST, PORT], { peer: "nobody" }),
  usage(["-ppc", "0", HOST, "104"]),
  usage(["-ppc", "129", HOST, "104"]),
  usage(["-ppc", "two", HOST, "104"]),
  usage(["-pts", "0", HOST, "104"]),
  usage(["-pts", "54", HOST, "104"]),
  usage(["-pts", "all", HOST, "104"]),
  usage(["-pts", "53", HOST, PORT], {
    peer: "nobody",
    deviation: showing(TRANSFER_SYNTAX_ORDER, {
      onlyReference: usageError(
        "Invalid value for option --propose-ts \\(overflow: 53\\)",
      ),
      onlyOurs: [/^F: Association Request Failed: 0006:031c /],
    }),
  }),
  usage(["-i6", "-i4", "-i0", HOST, PORT], {
    peer: "nobody",
    deviation: showing(NEWER_OPTION, {
      onlyReference: usageError("Unknown option -i6"),
      onlyOurs: [/^F: Association Request Failed: 0006:031c /],
    }),
  }),
];

/** Which error comes first when there are several. */
export const ORDER: readonly Case[] = [
  usage(["-ll", "foo", HOST, "0"]),
  usage(["-ll", "foo", "-to", "0", HOST, "104"]),
  usage(["-ppc", "0", "-to", "0", HOST, "104"]),
  usage(["-ppc", "0", "-pts", "0", "--repeat", "0", "-pdu", "0", HOST, "104"]),
  usage(["-td", "0", "-ta", "0", "-ts", "-5", HOST, "104"]),
  usage(["--unknown", "-aet"]),
  usage(["-aet"]),
  usage(["-q", HOST]),
  usage(["-q", "--unknown", HOST, "104"]),
  usage(["-q", HOST, "0"]),
  usage(["-q", "-to", "0", HOST, "104"]),
  usage(["-q", "-ll", "foo", HOST, "104"]),
  usage(["-v", "-to", "0", HOST, "104"]),
  usage(["-ll", "off", "-to", "0", HOST, "104"]),
  usage(["-ll", "fatal", "-to", "0", HOST, "104"]),
];

export const LOG_LEVELS: readonly Case[] = [
  ...["fatal", "error", "warn", "info", "debug", "trace"].map((level) =>
    usage(["-ll", level, HOST, PORT], { peer: "nobody" })
  ),
  ...["ALL", "oFf", "Debug"].map((level) =>
    usage(["-ll", level, HOST, PORT], { peer: "nobody" })
  ),
  ...["warning", "", "0", "inf"].map((level) =>
    usage(["--log-level", level, HOST, "104"])
  ),
  usage(["-ll", "info", "-v", HOST, "104"]),
  usage(["-ll", "info", "-d", HOST, "104"]),
  usage(["-q", "-ll", "info", HOST, "104"]),
  usage(["-v", "-q", HOST, PORT], { peer: "nobody" }),
  usage(["-q", "-v", HOST, PORT], { peer: "nobody" }),
  usage(["-d", "-v", HOST, PORT], { peer: "nobody" }),
  usage(["-v", "-d", HOST, PORT], { peer: "nobody" }),
];

function config(content: string): Partial<Case> {
  return { files: { "log.cfg": content } };
}

export const LOG_CONFIG: readonly Case[] = [
  usage(["-lc", "missing.cfg", HOST, "104"]),
  usage(["-lc", "folder", HOST, "104"], { folders: ["folder"] }),
  usage(["-lc", "", HOST, "104"]),
  usage(["-lc", "log.cfg", HOST, "104"], {
    ...config(""),
    name: "-lc with an empty file",
  }),
  usage(["-lc", "log.cfg", HOST, "104"], {
    ...config("# nothing\n\n"),
    name: "-lc with comments only",
  }),
  usage(["-lc", "log.cfg", HOST, "104"], {
    ...config("a = b\nother.key = value\n"),
    name: "-lc with settings of others",
  }),
  usage(["-lc", "log.cfg", HOST, "104"], {
    ...config("log4cplus.appender.A = log4cplus::NullAppender\n"),
    name: "-lc without a root logger",
  }),
  usage(["-lc", "log.cfg", "-v", HOST, "104"], {
    ...config("log4cplus.rootLogger = DEBUG\n"),
    name: "-lc together with -v",
  }),
  usage(["-q", "-lc", "log.cfg", HOST, "104"], {
    ...config("log4cplus.rootLogger = DEBUG\n"),
    name: "-lc together with -q",
  }),
  usage(["-lc", "log.cfg", "-ll", "info", "-to", "0", HOST, "104"], {
    ...config("x"),
    name: "-lc together with -ll",
  }),
];
