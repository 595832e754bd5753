/** The host, the port, the dictionary and the environment. */

import { type Case, HOST, PORT, usage, withPeer } from "../case.ts";
import { showing } from "../deviation.ts";
import { ESCAPED_TEXT, IPV6_LITERAL, LONG_PEER } from "../deviations.ts";
import { accept, RELEASE, verified } from "./scripts.ts";

export const HOSTS: readonly Case[] = [
  usage(["-v", "no..such..host", "104"]),
  usage(["-d", "no..such..host", "104"]),
  usage(["-ll", "trace", "no..such..host", "104"]),
  usage(["", "104"]),
  usage(["-v", " ", "104"]),
  usage(["-v", "localhost", PORT], { peer: verified() }),
  usage(["-v", "LOCALHOST", PORT], { peer: verified() }),
  usage(["-v", "127.1", PORT], { peer: verified() }),
  usage(["-v", HOST, PORT], { peer: "nobody" }),
  usage(["-ll", "trace", HOST, PORT], { peer: "nobody" }),
  usage(["-q", HOST, PORT], { peer: "nobody" }),
  usage(["-to", "1", HOST, PORT], { peer: "nobody" }),
];

/** One entry a line: tag, VR, keyword, VM, version. */
const DICTIONARY = [
  "(0000,0000)\tUL\tMyGroupLength\t1\tDICOM",
  "(0000,0002)\tUI\tMySOPClass\t1\tDICOM",
  "(0000,0100)\tUS\tMyCommand\t1\tDICOM",
  "(0000,0110)\tUS\tMyMessage\t1\tDICOM",
  "(0000,0120)\tUS\tMyAnswered\t1\tDICOM",
  "(0000,0800)\tUS\tMyDataSetType\t1\tDICOM",
  "(0000,0900)\tUS\tMyStatus\t1\tDICOM",
  "",
].join("\n");

function dictionary(
  name: string,
  path: string,
  files: Readonly<Record<string, string>>,
  args: readonly string[] = ["-v"],
): Case {
  return withPeer(`DCMDICTPATH ${name}`, args, verified(), {
    env: { DCMDICTPATH: path },
    files,
  });
}

export const DICTIONARIES: readonly Case[] = [
  dictionary("of a missing file", "missing.dic", {}),
  dictionary("of a missing file -q", "missing.dic", {}, ["-q"]),
  dictionary("of a missing file -ll trace", "missing.dic", {}, [
    "-ll",
    "trace",
  ]),
  dictionary("that is empty", "", {}),
  dictionary("that is empty -d", "", {}, ["-d"]),
  dictionary("of a file", "my.dic", { "my.dic": DICTIONARY }),
  dictionary("of a file -d", "my.dic", { "my.dic": DICTIONARY }, ["-d"]),
  dictionary("of a file -ll trace", "my.dic", { "my.dic": DICTIONARY }, [
    "-ll",
    "trace",
  ]),
  dictionary("of two files -d", "a.dic:b.dic", {
    "a.dic": DICTIONARY,
    "b.dic": "(0000,0900)\tUS\tOther\t1\tDICOM\n",
  }, ["-d"]),
  dictionary("of a missing file and another -d", "missing.dic:my.dic", {
    "my.dic": DICTIONARY,
  }, ["-d"]),
  dictionary("of an empty file", "my.dic", { "my.dic": "" }),
  dictionary("of comments", "my.dic", { "my.dic": "# nothing\n\n" }),
  dictionary("of a line that is none", "my.dic", { "my.dic": "nonsense\n" }),
  dictionary("of a bad tag", "my.dic", {
    "my.dic": "(00x0,0010)\tUS\tName\t1\tDICOM\n",
  }),
  dictionary("of a bad VR", "my.dic", {
    "my.dic": "(0000,0010)\tQQ\tName\t1\tDICOM\n",
  }),
  dictionary("of a folder", ".", {}),
];

const ESCAPE = "\x1b[31mred";

export const CONTROL_CHARACTERS: readonly Case[] = [
  withPeer("control characters in the version name", ["-d"], [
    ...verified({ implementationVersionName: ESCAPE }),
  ], {
    deviation: showing(ESCAPED_TEXT, {
      // deno-lint-ignore no-control-regex -- that is what it is about
      onlyReference: [/^D: Their Implementation Version Name: \x1b\[31mred$/],
      onlyOurs: [/^D: Their Implementation Version Name: \\x1b\[31mred$/],
    }),
  }),
  withPeer("a line end in a transfer syntax that is not used", ["-d"], [
    ...accept({
      contexts: [{ id: 1, result: 3, transferSyntax: "1.2\n1.3" }],
    }),
    ...RELEASE,
  ]),
  withPeer("a line end in the version name", ["-d"], [
    ...verified({ implementationVersionName: "A\nF: B" }),
  ], {
    deviation: showing(ESCAPED_TEXT, {
      onlyReference: [
        /^D: Their Implementation Version Name: A$/,
        /^D: F: B$/,
      ],
      onlyOurs: [/^D: Their Implementation Version Name: A\\x0aF: B$/],
    }),
  }),
];

export const PEER_NAMES: readonly Case[] = [
  ...["::1", "[::1]"].map((host) =>
    usage(["-v", host, PORT], {
      peer: "nobody",
      deviation: showing(IPV6_LITERAL, {
        onlyReference: [
          /^F: Association Request Failed: 0006:030c Illegal service parameter: /,
        ],
        onlyOurs: [
          /^F: Association Request Failed: 0006:031c TCP Initialization Error: /,
        ],
      }),
    })
  ),
  usage([`${"a".repeat(70)}.invalid`, "104"], {
    name: "a host label of 70 characters",
    deviation: showing(LONG_PEER, {
      onlyReference: [/^F: Association Request Failed: /],
      onlyOurs: [
        /^F: Association Request Failed: 0006:0320 Attempt to connect to unknown host: a{70}\.invalid$/,
      ],
    }),
  }),
];
