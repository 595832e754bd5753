/** Options, parameters, command files and `--arguments`: how they are read. */

import { type Case, HOST, PORT, usage } from "../case.ts";
import { showing } from "../deviation.ts";
import { NEWER_OPTION, OWN_WORDS } from "../deviations.ts";

const ownWords = { deviation: OWN_WORDS };

/** Neither option nor parameter, or too much of either. */
export const PARAMETERS: readonly Case[] = [
  usage([], ownWords),
  usage(["host"]),
  usage([HOST, "104", "more"]),
  usage([HOST, "104", "-"]),
  usage(["--no-such-option", HOST, "104"]),
  usage([HOST, "104", "--unknown"]),
  usage(["--", HOST, "104"]),
  usage(["-vd", HOST, "104"]),
  usage(["--verb", HOST, "104"]),
  usage(["--repeat=2", HOST, "104"]),
  usage(["-V", HOST, "104"]),
  usage(["+v", HOST, "104"]),
  usage(["-x\x1b[31m", HOST, "104"]),
  usage(["-1", "+0"]),
  usage(["-", "+"]),
  usage(["", ""]),
  usage(["", "104"]),
  usage(["-aet", "-v", HOST, PORT], { peer: "nobody" }),
  usage(["-aet", "-aec", "X", HOST, PORT], { peer: "nobody" }),
  usage([HOST, "-v", PORT, "-aet", "X"], { peer: "nobody" }),
  usage([HOST, PORT, "-v"], { peer: "nobody" }),
  usage(["-v", "-v", "-aet", "A", "-aet", "B", HOST, PORT], {
    peer: "nobody",
  }),
  usage(["-to", "0", "-to", "5", HOST, PORT], { peer: "nobody" }),
  usage(["-to", "5", "-to", "0", HOST, PORT], { peer: "nobody" }),
  usage(["-i4", "host"], {
    deviation: showing(NEWER_OPTION, {
      onlyReference: [/^error: Unknown option -i4$/],
      onlyOurs: [/^error: Missing parameter port$/],
    }),
  }),
];

/** Every option that wants a value, at the end of the line. */
export const MISSING_VALUES: readonly Case[] = [
  "-ll",
  "--log-level",
  "-lc",
  "-aet",
  "--aetitle",
  "-aec",
  "-pts",
  "-ppc",
  "-to",
  "-ts",
  "-ta",
  "-td",
  "-pdu",
  "--repeat",
  "+cf",
  "+cd",
  "+crl",
  "+cs",
  "+rs",
  "+wf",
  "+pw",
  "+vc",
  "+rc",
].map((option) => usage([HOST, "104", option])).concat([
  usage([HOST, "104", "+tls"]),
  usage([HOST, "104", "+tls", "key.pem"]),
]);

/** Options that end the program at once, whatever else is there. */
export const EXCLUSIVE: readonly Case[] = [
  usage(["--help"], ownWords),
  usage(["-h"], ownWords),
  usage(["--version"], ownWords),
  usage(["--version", "a", "b", "c"], ownWords),
  usage(["--version", "--help"], ownWords),
  usage(["--help", HOST, "0"], ownWords),
  usage(["--help", "--unknown"]),
  usage(["--help", "-aet"]),
  usage(["-q", "--help"], ownWords),
  usage(["-q", "--version"], ownWords),
];

function files(content: string | Uint8Array): Partial<Case> {
  return { files: { "args": content } };
}

export const COMMAND_FILES: readonly Case[] = [
  usage(["@missing"]),
  usage(["@missing", "--unknown"]),
  usage(["@folder"], { folders: ["folder"], ...ownWords }),
  usage(["@"]),
  usage(["@args"], { ...files(""), ...ownWords, name: "empty command file" }),
  usage(["@args"], {
    ...files(" \t\r\n \n"),
    ...ownWords,
    name: "blank command file",
  }),
  usage(["@args"], {
    ...files("-v --arguments\r\n" + HOST + "\t" + PORT),
    peer: "nobody",
    name: "command file with all separators",
  }),
  usage(["@args"], {
    ...files(`"--arguments"'-aet'"x y" -aec 'it"s' "${HOST}"'${PORT}`),
    peer: "nobody",
    name: "command file with quotes, the last one open",
  }),
  usage(["--arguments", "@args"], {
    ...files(`-aet a"b"c'd ${HOST} ${PORT}`),
    peer: "nobody",
    name: "quotes inside a word of a command file",
  }),
  usage(["--arguments", "@args", PORT], {
    ...files(`-aet "" -aec '' "-v" ${HOST}`),
    peer: "nobody",
    name: "command file with empty quotes and a quoted option",
  }),
  usage(["--arguments", "@args"], {
    ...files(`-aet a\\ -aec #b\n\f ${HOST} ${PORT}`),
    peer: "nobody",
    name: "command file without comments and escapes",
  }),
  usage(["--arguments", "@args", "@args"], {
    ...files("-aet 'a\nb'"),
    name: "command file with a line end in quotes, used twice",
  }),
  usage(["--arguments", "@args", PORT], {
    ...files(`-aet @other -aec @ ${HOST}`),
    peer: "nobody",
    name: "command file that names another",
  }),
  usage(["--arguments", "-aet", "@args", "more"], {
    ...files("TITLE " + HOST),
    name: "command file where a value is wanted",
  }),
  usage(["@args", "@args"], {
    ...files("a"),
    name: "the same command file twice",
  }),
  usage(["@args"], {
    ...files("--repeat"),
    name: "command file that ends before a value",
  }),
  usage(["--arguments", "@args", HOST, "104", "x"], {
    ...files(Uint8Array.of(0x2d, 0x61, 0x65, 0x74, 0x20, 0xff, 0xfe, 0x41)),
    name: "command file with bytes that are not UTF-8",
  }),
];

export const ARGUMENTS: readonly Case[] = [
  usage(["--arguments", HOST, PORT], { peer: "nobody" }),
  usage(["--arguments", "-v", "-aet", "A B", "--repeat", "3", HOST, PORT], {
    peer: "nobody",
  }),
  usage(["-q", "--arguments", HOST, PORT], { peer: "nobody" }),
  usage(["-ll", "off", "--arguments", HOST, PORT], { peer: "nobody" }),
  usage(["--arguments", "-to", "0", HOST, "104"]),
  usage(["--arguments", HOST, "0"]),
  usage(["--arguments", HOST]),
  usage(["--arguments", "--unknown", HOST, "104"]),
  usage(["--arguments", "--version"], ownWords),
  usage(["--arguments", "-ll", "nothing", HOST, "104"]),
];
