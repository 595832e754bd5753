import assert from "node:assert/strict";
import { parseCommandLine } from "../../lib/cli/parse.ts";
import { split, testErrors } from "./errors.ts";
import { fakeFiles } from "./fake-files.ts";

const FILES = fakeFiles({
  bad: "-foo",
  "no settings": "# nothing\n",
  "other settings": "a=b",
  "no root": "log4cplus.logger.x=DEBUG",
  fatal: "log4cplus.rootLogger=FATAL, x",
  warn: "log4cplus.rootLogger=WARN, x",
  folder: null,
  locked: undefined,
});

testErrors(
  {
    "names of options are exact": [
      ["-foo", "Unknown option -foo"],
      ["--", "Unknown option --"],
      ["--hel", "Unknown option --hel"],
      ["--help=1", "Unknown option --help=1"],
      ["-vd localhost 104", "Unknown option -vd"],
      ["--VERBOSE", "Unknown option --VERBOSE"],
      ["-é", "Unknown option -é"],
      ["+-", "Unknown option +-"],
    ],
    "unknown options and missing values are found from left to right": [
      ["-foo --timeout", "Unknown option -foo"],
      ["--help -foo", "Unknown option -foo"],
      ["localhost 0 -to", "Missing value for option --timeout"],
      ["-to -foo -bar", "Unknown option -bar"],
      ["+tls", "Missing value for option --enable-tls"],
      ["+tls key", "Missing value for option --enable-tls"],
      ["localhost 104 +tls key", "Missing value for option --enable-tls"],
      ["@bad @missing", "Cannot open command file 'missing'"],
    ],
    "both parameters must be there, and no more": [
      ["-v", "Missing parameter peer"],
      ["localhost", "Missing parameter port"],
      ["a b c", "Too many parameters"],
      ["a b c d -to 0", "Too many parameters"],
      ["-q localhost", "Missing parameter port"],
      ["-1 + -", "Too many parameters"],
      ["localhost 104 %empty", "Too many parameters"],
    ],
    "the port is checked first of all values": [
      ["localhost 0 -ll foo", "Invalid parameter value 0 (underflow)"],
      ["-q localhost 65536", "Invalid parameter value 65536 (overflow)"],
      ["localhost -1 -to 0", "Invalid parameter value -1 (overflow)"],
      ["localhost _-5", "Invalid parameter value  -5 (overflow)"],
      ["localhost x", "Invalid parameter value x"],
      ["localhost %empty", "Invalid parameter value "],
      ["localhost 0x10", "Invalid parameter value 0x10 (underflow)"],
    ],
    "log options exclude each other": [
      [
        "localhost 1 -ll foo -v",
        "--log-level not allowed with --verbose, --debug or --quiet",
      ],
      [
        "-q -lc warn localhost 1",
        "--log-config not allowed with --verbose, --debug or --quiet",
      ],
      [
        "-ll info -lc missing localhost 1",
        "--log-config not allowed with --log-level",
      ],
      [
        "-ll info -lc missing -d localhost 1",
        "--log-level not allowed with --verbose, --debug or --quiet",
      ],
    ],
    "a log level must be one": [
      ["-ll foo localhost 1", "Invalid log level for --log-level option"],
      ["-ll %empty localhost 1", "Invalid log level for --log-level option"],
      ["-ll _warn localhost 1", "Invalid log level for --log-level option"],
      [
        "-ll x -lc missing localhost 1 -to 0",
        "Invalid log level for --log-level option",
      ],
    ],
    "a log configuration must be usable": [
      ["-lc missing localhost 1", "Specified --log-config file does not exist"],
      ["-lc %empty localhost 1", "Specified --log-config file does not exist"],
      ["-lc folder localhost 1", "Specified --log-config file does not exist"],
      ["-lc locked localhost 1", "Specified --log-config file cannot be read"],
      [
        "-lc no_settings localhost 1",
        "Specified --log-config file does not contain any settings",
      ],
      [
        "-lc other_settings localhost 1",
        "Specified --log-config file does not contain any valid settings",
      ],
      [
        "-lc no_root localhost 1",
        "Specified --log-config file does not set up log4cplus.rootLogger",
      ],
      [
        "-lc missing localhost 1 -to 0",
        "Specified --log-config file does not exist",
      ],
      [
        "-lc warn -lc missing localhost 1",
        "Specified --log-config file does not exist",
      ],
    ],
    "numbers must be in their bounds": [
      [
        "-to 0 localhost 1",
        "Invalid value for option --timeout (underflow: 0)",
      ],
      ["-to %empty localhost 1", "Invalid value for option --timeout"],
      ["-to x localhost 1", "Invalid value for option --timeout (x)"],
      [
        "-ts -2 localhost 1",
        "Invalid value for option --socket-timeout (underflow: -2)",
      ],
      [
        "-ta 0x localhost 1",
        "Invalid value for option --acse-timeout (underflow: 0x)",
      ],
      ["-td -v localhost 1", "Invalid value for option --dimse-timeout (-v)"],
      [
        "-pdu 4095 localhost 1",
        "Invalid value for option --max-pdu (underflow: 4095)",
      ],
      [
        "-pdu 131073 localhost 1",
        "Invalid value for option --max-pdu (overflow: 131073)",
      ],
      ["-pdu -5 localhost 1", "Invalid value for option --max-pdu (-5)"],
      ["-pdu _ localhost 1", "Invalid value for option --max-pdu ( )"],
      [
        "-pdu \t-5 localhost 1",
        "Invalid value for option --max-pdu (overflow: \t-5)",
      ],
      [
        "--repeat 0 localhost 1",
        "Invalid value for option --repeat (underflow: 0)",
      ],
      [
        "-pts 54 localhost 1",
        "Invalid value for option --propose-ts (overflow: 54)",
      ],
      [
        "-ppc 129 localhost 1",
        "Invalid value for option --propose-pc (overflow: 129)",
      ],
    ],
    "numbers are checked in the reference's order": [
      [
        "-ppc 0 -pts 0 --repeat 0 -pdu 0 -td 0 -ta 0 -ts -2 -to 0 h 1",
        "Invalid value for option --timeout (underflow: 0)",
      ],
      [
        "-ppc 0 -pts 0 --repeat 0 -pdu 0 -td 0 -ta 0 -ts -2 h 1",
        "Invalid value for option --socket-timeout (underflow: -2)",
      ],
      [
        "-ppc 0 -pts 0 --repeat 0 -pdu 0 -td 0 -ta 0 h 1",
        "Invalid value for option --acse-timeout (underflow: 0)",
      ],
      [
        "-ppc 0 -pts 0 --repeat 0 -pdu 0 -td 0 h 1",
        "Invalid value for option --dimse-timeout (underflow: 0)",
      ],
      [
        "-ppc 0 -pts 0 --repeat 0 -pdu 0 h 1",
        "Invalid value for option --max-pdu (underflow: 0)",
      ],
      [
        "-ppc 0 -pts 0 --repeat 0 h 1",
        "Invalid value for option --repeat (underflow: 0)",
      ],
      [
        "-ppc 0 -pts 0 h 1",
        "Invalid value for option --propose-ts (underflow: 0)",
      ],
      [
        "+pw x -ppc 0 h 1",
        "Invalid value for option --propose-pc (underflow: 0)",
      ],
    ],
    "of a repeated option the last value is checked": [
      ["-to 1 -to 0 h 1", "Invalid value for option --timeout (underflow: 0)"],
    ],
  },
  FILES,
);

Deno.test("a quiet program keeps silent about what comes after the log options", async () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ["-q -to 0 h 1", true],
    ["-v -q -pem h 1", true],
    ["-ll off -to 0 h 1", true],
    ["-ll FATAL -to 0 h 1", true],
    ["-lc fatal -to 0 h 1", false],
    ["-ll error -to 0 h 1", false],
    ["-q -v -to 0 h 1", false],
    ["-q h 0", false],
    ["-q h", false],
    ["-q -foo", false],
    ["-q -ll foo h 1", false],
  ];
  for (const [text, silent] of cases) {
    const command = await parseCommandLine(split(text), FILES);
    assert.equal(command.kind === "error" && command.silent, silent, text);
  }
});

Deno.test("an error after the log options carries the line of --arguments", async () => {
  const late = await parseCommandLine(split("--arguments -to 0 h 1"), FILES);
  assert.ok(
    late.kind === "error" && late.echo?.startsWith("calling 'echoscu'"),
  );
  assert.ok(late.kind === "error" && late.log?.level === "warn");
  const early = await parseCommandLine(split("--arguments h 0"), FILES);
  assert.ok(early.kind === "error" && early.echo === undefined);
});
