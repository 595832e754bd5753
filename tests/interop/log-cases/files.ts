/** The file appender. */

import { encodeLatin1 } from "../../../lib/base/text.ts";
import {
  appender,
  inFile,
  lines,
  type LogCase,
  pattern,
  PLAIN,
  root,
  toConsole,
  toFile,
} from "../log-case.ts";
import {
  CREATE_DIRS,
  LATIN1_FILE,
  LOCALE,
  LOST_LINES,
} from "../log-deviations.ts";

const OLD = { files: { "log.txt": "an older line\n" } };

export const FILES: readonly LogCase[] = [
  inFile("a new file", {}),
  inFile("a new file, nobody there", {}, { peer: "nobody" }),
  inFile("a file that exists", {}, OLD),
  ...["true", "false", "TRUE", "1", "0", "-1", "2x", "1.5", "perhaps", ""].map((
    append,
  ) =>
    inFile(`a file that exists, Append "${append}"`, { Append: append }, OLD)
  ),
  inFile("a file over three runs", { Append: "true" }, { times: 3 }),
  inFile("a file that is not flushed", { ImmediateFlush: "false" }),
  inFile("a file with a buffer", {
    ImmediateFlush: "false",
    BufferSize: "100000",
  }),
  inFile("a file without a name", { File: "" }),
  inFile("a file name with blanks", { File: "my log file.txt" }),
  inFile("a file name in UTF-8", { File: "prüfung.txt" }),
  {
    name: "a file name in Latin-1",
    config: encodeLatin1(
      lines(root("INFO, file"), ...toFile({ File: "pr\u00fcf.txt" })),
    ),
    deviation: LATIN1_FILE,
  },
  inFile("a file in a folder", { File: "logs/a.txt" }, { folders: ["logs"] }),
  inFile("a file in a folder by a way around", {
    File: "./logs/../a.txt",
  }, { folders: ["logs"] }),
  inFile("a file in a folder that is missing", { File: "logs/a/b.txt" }),
  inFile("a folder that is missing, CreateDirs false", {
    File: "logs/a/b.txt",
    CreateDirs: "false",
  }),
  inFile("a folder that is missing, CreateDirs true", {
    File: "logs/a/b.txt",
    CreateDirs: "true",
  }, { deviation: CREATE_DIRS }),
  inFile("a file that is a folder", { File: "logs" }, { folders: ["logs"] }),
  inFile("a file on a full device", { File: "/dev/full" }),
  inFile("a full device, not flushed", {
    File: "/dev/full",
    ImmediateFlush: "false",
  }, { deviation: LOST_LINES }),
  inFile("a full device, reopened at once", {
    File: "/dev/full",
    ReopenDelay: "0",
  }, { options: ["--repeat", "3"], deviation: LOST_LINES }),
  inFile("a file that ends within a line", { Append: "true" }, {
    files: { "log.txt": "an older line" },
  }),
  inFile("flushed or not, who knows", { ImmediateFlush: "perhaps" }),
  inFile("a file that takes all", { File: "/dev/null" }),
  inFile("standard output as a file", { File: "/dev/stdout" }),
  inFile("a file reopened at once", {
    File: "missing/a.txt",
    ReopenDelay: "0",
  }),
  inFile("a file below a file", { File: "log.cfg/a.txt" }),
  inFile("a locale by name", { Locale: "C" }),
  inFile("a locale that is none", { Locale: "Nonsense" }),
  inFile("a locale that is not there", { Locale: "no_SUCH" }, {
    deviation: LOCALE,
  }),
  {
    name: "a file that cannot be written, with a console",
    config: lines(
      root("INFO, file, console"),
      ...toConsole(),
      ...toFile({ File: "missing/a.txt" }),
    ),
  },
  {
    name: "a file that cannot be written, root off",
    config: lines(root("OFF, file"), ...toFile({ File: "missing/a.txt" })),
    peer: "nobody",
  },
  {
    name: "two appenders, one file",
    config: lines(
      root("INFO, one, two"),
      ...appender("one", "FileAppender", {
        File: "log.txt",
        Append: "true",
        ...pattern(`one ${PLAIN}`),
      }),
      ...appender("two", "FileAppender", {
        File: "log.txt",
        Append: "true",
        ...pattern(`two ${PLAIN}`),
      }),
    ),
  },
  {
    name: "two files at two levels",
    config: lines(
      root("DEBUG, one, two"),
      ...appender("one", "FileAppender", {
        File: "info.txt",
        Threshold: "INFO",
        ...pattern(PLAIN),
      }),
      ...appender("two", "FileAppender", {
        File: "debug.txt",
        ...pattern(PLAIN),
      }),
    ),
  },
  {
    name: "a file per logger",
    config: lines(
      root("WARN"),
      "log4cplus.logger.dcmtk.apps = INFO, app",
      "log4cplus.logger.dcmtk.dcmnet = DEBUG, net",
      "log4cplus.logger.dcmtk.dcmdata = TRACE, data",
      ...["app", "net", "data"].flatMap((name) =>
        appender(name, "FileAppender", {
          File: `${name}.txt`,
          ...pattern("%p %c %m%n"),
        })
      ),
    ),
  },
  {
    name: "an appender in a file that no logger has",
    config: lines(root("INFO, console"), ...toConsole(), ...toFile()),
  },
  {
    name: "a file with a lock",
    config: lines(
      root("INFO, file"),
      ...toFile({ UseLockFile: "true", LockFile: "log.lock" }),
    ),
  },
];
