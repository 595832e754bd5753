/** Layouts other than patterns, and what is wrong with them. */

import { appender, lines, type LogCase, PLAIN, root } from "../log-case.ts";
import { LOCAL_TIME, RELATIVE, THREAD } from "../log-masks.ts";

function layout(
  name: string,
  settings: Readonly<Record<string, string>>,
  rest: Partial<LogCase> = {},
  level = "INFO",
): LogCase {
  return {
    name: `layout: ${name}`,
    config: lines(
      root(`${level}, file`),
      ...appender("file", "FileAppender", { File: "log.txt", ...settings }),
    ),
    ...rest,
  };
}

const PATTERN = "log4cplus::PatternLayout";
const CONVERSION = "layout.ConversionPattern";

export const LAYOUTS: readonly LogCase[] = [
  layout("none", {}),
  layout("none, nobody there", {}, { peer: "nobody" }),
  layout("simple", { layout: "log4cplus::SimpleLayout" }),
  layout("simple, several lines", { layout: "log4cplus::SimpleLayout" }, {
    masks: [{
      why: "the reference's trace",
      finds: /^TRACE - Receiving.*\n/gm,
      becomes: "",
    }],
  }, "DEBUG"),
  layout("unknown", { layout: "log4cplus::XMLLayout" }),
  layout("empty", { layout: "" }),
  layout("without its namespace", {
    layout: "PatternLayout",
    [CONVERSION]: PLAIN,
  }),
  layout("a pattern that is missing", { layout: PATTERN }),
  layout("a pattern that is empty", { layout: PATTERN, [CONVERSION]: "" }),
  layout("a pattern by its old name", {
    layout: PATTERN,
    "layout.Pattern": PLAIN,
  }),
  layout("a pattern by both names", {
    layout: PATTERN,
    "layout.Pattern": "old %m%n",
    [CONVERSION]: PLAIN,
  }),
  layout("a pattern without its layout", { [CONVERSION]: PLAIN }),
  ...["true", "false", "0", "sometimes"].map((each) =>
    layout(
      `a pattern, FormatEachLine ${each}`,
      {
        layout: PATTERN,
        [CONVERSION]: "[%p] %m%n",
        "layout.FormatEachLine": each,
      },
      {},
      "DEBUG",
    )
  ),
];

const TTCC = "log4cplus::TTCCLayout";

/** The first number of a line, and the number of the thread. */
const START = [{
  why: "how long it took, and the number of the thread",
  finds: /^(<time>|\d+|) ?\[\d+\]/gm,
  becomes: "$1 [<thread>]",
}, {
  why: "how long it took",
  finds: /^\d+ /gm,
  becomes: "<milliseconds> ",
}];

export const TTCC_LAYOUTS: readonly LogCase[] = [
  layout("TTCC", { layout: TTCC }, { masks: START }),
  layout("TTCC, several lines", { layout: TTCC }, { masks: START }, "DEBUG"),
  layout("TTCC with a date format", {
    layout: TTCC,
    "layout.DateFormat": "%Y-%m-%d %H:%M:%S.%q",
  }, { masks: [LOCAL_TIME, ...START] }),
  ...["true", "false", "1", "no"].map((value) =>
    layout(`TTCC, Use_gmtime ${value}`, {
      layout: TTCC,
      "layout.DateFormat": "%Y-%m-%d %H:%M",
      "layout.Use_gmtime": value,
    }, {
      env: { TZ: "Asia/Tokyo" },
      masks: [{ ...THREAD, finds: /\[\d+\]/g, becomes: "[<thread>]" }],
    })
  ),
  layout("TTCC with an empty date format", {
    layout: TTCC,
    "layout.DateFormat": "",
  }, { masks: START }),
  layout("TTCC, nobody there", { layout: TTCC }, {
    masks: [...START, RELATIVE],
    peer: "nobody",
  }),
];
