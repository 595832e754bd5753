/** Files that roll by size or by time. */

import {
  inFile,
  lines,
  type LogCase,
  pattern,
  root,
  toFile,
  withoutText,
} from "../log-case.ts";

/** Without it the reference waits 44 ms for each acknowledgement. */
const PROMPTLY = { TCP_NODELAY: "1" };

/** Lines of 20 001 bytes: eleven of them are more than the least size. */
const WIDE = pattern("%-20000m%n");
/** 42 lines: 3 or 4 times the least size. */
const REPEAT = { options: ["--repeat", "20"], env: PROMPTLY };

function rolling(
  name: string,
  settings: Readonly<Record<string, string>>,
  rest: Partial<LogCase> = {},
): LogCase {
  return inFile(
    `rolling: ${name}`,
    { ...WIDE, ...settings },
    { ...REPEAT, ...rest },
    "RollingFileAppender",
  );
}

/** What fills a file beyond the least size. */
const FULL = "x".repeat(204_900);

export const ROLLING: readonly LogCase[] = [
  ...[
    "200KB",
    "204800",
    "300kb",
    "250 KB",
    "1MB",
    "1KB",
    "100000",
    "0",
    "-1",
    "5",
    "KB",
    "big",
    "300KBytes",
    "0.5MB",
    "1GB",
    "+300KB",
    "3e5",
    "0x100000",
    "99999999999",
    "99999999999KB",
    "4096MB",
  ].map((size) => rolling(`MaxFileSize ${size}`, { MaxFileSize: size })),
  ...[
    "0",
    "1",
    "2",
    "3",
    "20",
    "-2",
    "many",
    "",
    "2.5",
    "+2",
    "02",
    "2 3",
    "0x2",
    "99999999999",
  ].map((index) =>
    rolling(`MaxBackupIndex "${index}"`, {
      MaxFileSize: "200KB",
      MaxBackupIndex: index,
    })
  ),
  rolling("by default", { ...pattern("%-60000m%n") }, {
    options: ["--repeat", "100"],
  }),
  rolling("without settings, small", pattern("%m%n")),
  rolling("three runs", { MaxFileSize: "500KB", MaxBackupIndex: "4" }, {
    times: 3,
  }),
  rolling("three runs, Append false", {
    MaxFileSize: "500KB",
    MaxBackupIndex: "4",
    Append: "false",
  }, { times: 3 }),
  rolling("a file that is full already", { MaxFileSize: "200KB" }, {
    files: { "log.txt": FULL },
    options: [],
  }),
  rolling("backups of before", {
    MaxFileSize: "200KB",
    MaxBackupIndex: "3",
    ...pattern("%m%n"),
  }, {
    files: {
      "log.txt": FULL,
      "log.txt.1": "one\n",
      "log.txt.3": "three\n",
      "log.txt.4": "four\n",
    },
    options: [],
  }),
  rolling("a folder in the way of a backup", { MaxFileSize: "200KB" }, {
    folders: ["log.txt.1"],
  }),
  rolling("a name with blanks and dots", {
    MaxFileSize: "200KB",
    MaxBackupIndex: "2",
    File: "a b..log.1",
  }),
  rolling("not flushed", {
    MaxFileSize: "200KB",
    MaxBackupIndex: "9",
    ImmediateFlush: "false",
  }),
  rolling("in a folder that is missing", { File: "missing/log.txt" }),
  rolling("with a lock", {
    MaxFileSize: "200KB",
    UseLockFile: "true",
    LockFile: "log.lock",
  }),
  {
    name: "rolling: multi-line messages",
    config: lines(
      root("DEBUG, file"),
      ...toFile({
        MaxFileSize: "200KB",
        MaxBackupIndex: "20",
        ...pattern("%-2000m%n"),
        ...withoutText(
          "Our Implementation",
          "echoscu v",
          "DataDictionary",
          "Nagle",
        ),
      }, "RollingFileAppender"),
    ),
    ...REPEAT,
  },
];

function daily(
  name: string,
  settings: Readonly<Record<string, string>>,
  rest: Partial<LogCase> = {},
): LogCase {
  return inFile(`daily: ${name}`, settings, rest, "DailyRollingFileAppender");
}

export const DAILY: readonly LogCase[] = [
  ...[
    "MONTHLY",
    "WEEKLY",
    "DAILY",
    "TWICE_DAILY",
    "HOURLY",
    "MINUTELY",
    "hourly",
    "yearly",
    "",
  ].map((schedule) => daily(`Schedule "${schedule}"`, { Schedule: schedule })),
  daily("without a schedule", {}),
  daily("in another time zone", { Schedule: "HOURLY" }, {
    env: { TZ: "Pacific/Auckland" },
  }),
  ...["0", "1", "2", "-1", "many"].map((index) =>
    daily(`four runs, MaxBackupIndex ${index}`, {
      Schedule: "DAILY",
      MaxBackupIndex: index,
    }, { times: 4 })
  ),
  daily("four runs", { Schedule: "DAILY" }, { times: 4 }),
  daily("three runs, Append false", { Schedule: "DAILY", Append: "false" }, {
    times: 3,
  }),
  daily("a file of before", { Schedule: "DAILY" }, {
    files: { "log.txt": "an older line\n" },
  }),
  ...[
    ["DAILY", 2],
    ["DAILY", 0.01],
    ["HOURLY", 1],
    ["MONTHLY", 45],
    ["WEEKLY", 10],
    ["MINUTELY", 1],
    ["TWICE_DAILY", 1],
  ].map(([schedule, days]) =>
    daily(`a file that is ${days} days old, ${schedule}`, {
      Schedule: String(schedule),
    }, {
      files: { "log.txt": "an older line\n" },
      modified: new Date(Date.now() - Number(days) * 86_400_000),
    })
  ),
  daily("a folder in the way", { Schedule: "MONTHLY" }, {
    folders: [`log.txt.${new Date().toISOString().slice(0, 7)}`],
    env: { TZ: "UTC" },
  }),
  daily("nothing logged", { Schedule: "DAILY", Threshold: "OFF" }),
  daily("in a folder that is missing", {
    Schedule: "DAILY",
    File: "missing/log.txt",
  }),
  daily("not flushed", { Schedule: "DAILY", ImmediateFlush: "false" }),
];
