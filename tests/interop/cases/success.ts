/** Verifications that succeed, at every level and with every option. */

import { type Case, withPeer } from "../case.ts";
import { showing } from "../deviation.ts";
import { ESCAPED_TEXT, TRANSFER_SYNTAX_ORDER } from "../deviations.ts";
import { accept, echoes, RELEASE, verified } from "./scripts.ts";

const LEVELS: readonly (readonly string[])[] = [
  [],
  ["-q"],
  ["-v"],
  ["-d"],
  ["-ll", "trace"],
];

export const STORESCP: readonly Case[] = [
  ...LEVELS.map((level) =>
    withPeer(`storescp ${level.join(" ")}`, level, "shared")
  ),
  withPeer("storescp --abort", ["-v", "--abort"], "shared"),
  withPeer("storescp --abort -ll trace", [
    "-ll",
    "trace",
    "--abort",
  ], "shared"),
  withPeer("storescp --repeat 5", ["-v", "--repeat", "5"], "shared"),
  withPeer("storescp --repeat 3 -ll trace", [
    "-ll",
    "trace",
    "--repeat",
    "3",
  ], "shared"),
  withPeer("storescp --repeat 300", ["-v", "--repeat", "300"], "shared", {
    env: { TCP_NODELAY: "1" },
  }),
  ...[2, 3].map((count) =>
    withPeer(
      `storescp -d -pts ${count}`,
      ["-d", "-pts", `${count}`],
      "shared",
    )
  ),
  withPeer("storescp -d -pts 4", ["-d", "-pts", "4"], "shared", {
    deviation: showing(TRANSFER_SYNTAX_ORDER, {
      onlyReference: [/^D: {7}=JPEGBaseline$/],
      onlyOurs: [/^D: {7}=EncapsulatedUncompressedLittleEndianExplicit$/],
    }),
  }),
  withPeer("storescp -ppc 2 -d", ["-ppc", "2", "-d"], "shared"),
  withPeer("storescp -ppc 128 -v", ["-ppc", "128", "-v"], "shared"),
  withPeer("storescp -ppc 128 -ll trace", [
    "-ppc",
    "128",
    "-ll",
    "trace",
  ], "shared"),
  withPeer("storescp -pdu 4096 -d", ["-pdu", "4096", "-d"], "shared"),
  withPeer("storescp -pdu 131072 -d", ["-pdu", "131072", "-d"], "shared"),
  withPeer("storescp -pdu 16383 -d", ["-pdu", "16383", "-d"], "shared"),
  withPeer("storescp with all time limits", [
    "-ll",
    "trace",
    "-to",
    "5",
    "-ts",
    "6",
    "-ta",
    "7",
    "-td",
    "8",
  ], "shared"),
  withPeer("storescp -ts 0", ["-d", "-ts", "0"], "shared"),
  withPeer("storescp -ts -1", ["-d", "-ts", "-1"], "shared"),
];

export const SCRIPTED: readonly Case[] = [
  ...LEVELS.map((level) =>
    withPeer(`scripted ${level.join(" ")}`, level, verified())
  ),
  withPeer("scripted --repeat 3 -d", ["-d", "--repeat", "3"], [
    ...accept(),
    ...echoes(3),
    ...RELEASE,
  ]),
  withPeer("scripted --repeat 1", ["-v", "--repeat", "1"], verified()),
];

function proposed(name: string): RegExp {
  return new RegExp(`^D: {7}=${name}$`);
}

export const TRANSFER_SYNTAXES: readonly Case[] = [
  ...Array.from({ length: 38 }, (_, index) => index + 1).map((count) =>
    withPeer(`-v -pts ${count}`, ["-v", "-pts", `${count}`], verified())
  ),
  withPeer("-d -pts 38", ["-d", "-pts", "38"], verified(), {
    deviation: showing(TRANSFER_SYNTAX_ORDER, {
      onlyReference: [
        proposed("HEVCMainProfile/Level5.1"),
        proposed("HEVCMain10Profile/Level5.1"),
      ],
      onlyOurs: [
        proposed("EncapsulatedUncompressedLittleEndianExplicit"),
        proposed("DeflatedImageFrameCompression"),
      ],
    }),
  }),
  withPeer("-ll trace -pts 3 -ppc 3", [
    "-ll",
    "trace",
    "-pts",
    "3",
    "-ppc",
    "3",
  ], verified()),
];

const TITLES: readonly (readonly [string, readonly string[]])[] = [
  ["of 16 bytes", ["-aet", "A234567890123456", "-aec", "B234567890123456"]],
  ["of 17 bytes", ["-aet", "A2345678901234567", "-aec", "B2345678901234567"]],
  ["with blanks", ["-aet", " A B ", "-aec", "  C  "]],
  ["with a backslash", ["-aet", "A\\B", "-aec", "C\\D"]],
  ["with an umlaut", ["-aet", "RÖNTGEN", "-aec", "MÜLLER"]],
];

export const AE_TITLES: readonly Case[] = [
  ...TITLES.map(([name, options]) =>
    withPeer(`AE titles ${name}`, ["-d", ...options], "shared")
  ),
  withPeer(
    "AE title cut within an umlaut",
    [
      "-d",
      "-aet",
      "A23456789012345Ö",
    ],
    verified(),
    {
      deviation: showing(ESCAPED_TEXT, {
        // The first byte of two: as it is, and as U+00C3 in UTF-8.
        onlyReference: [
          /^D: Calling Application Name: {4}A23456789012345\xc3$/,
        ],
        onlyOurs: [
          /^D: Calling Application Name: {4}A23456789012345\xc3\x83$/,
        ],
      }),
    },
  ),
  // storescp never answers these.
  withPeer("AE titles of blanks", ["-d", "-aet", "   ", "-aec", " "], [
    ...verified(),
  ]),
  withPeer("empty called AE title", ["-d", "-aec", ""], verified()),
  withPeer("empty calling AE title", ["-d", "-aet", ""], verified()),
  withPeer("both AE titles empty", ["-v", "-aet", "", "-aec", ""], verified()),
];
