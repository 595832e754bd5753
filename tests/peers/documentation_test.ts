import { Ajv2020 } from "ajv/dist/2020.js";
import assert from "node:assert/strict";
import { COLUMNS } from "../../lib/peers/columns.ts";
import { formatOf } from "../../lib/peers/parse.ts";
import { problemText } from "../../lib/peers/peer.ts";
import { parse, shown } from "./reading.ts";

async function textOf(path: string): Promise<string> {
  return await Deno.readTextFile(
    new URL(`../../docs/${path}`, import.meta.url),
  );
}

const PAGE = await textOf("peers.md");
const SCHEMA = JSON.parse(await textOf("schema/peers-1.schema.json"));
const isPeersFile = new Ajv2020({ strict: false }).compile(SCHEMA);

/** The only block of a language. */
function example(language: string): string {
  const blocks = [
    ...PAGE.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, "g")),
  ];
  assert.equal(blocks.length, 1, language);
  return blocks[0]?.[1] ?? "";
}

Deno.test("the examples of the documentation are read as they are meant", async () => {
  for (
    const [language, peers, tls] of [
      [
        "csv",
        [
          "Archive pacs.example.org:11112 ECHOSCU>ARCHIVE",
          "CT, room 3 192.0.2.31:104 ECHOSCU>CT3",
          "Cloud gateway gateway.example.org:2762 ECHOSCU>GATEWAY",
        ],
        [false, false, true],
      ],
      [
        "json",
        [
          "Archive pacs.example.org:11112 ECHOSCU>ARCHIVE",
          "Cloud gateway gateway.example.org:2762 ECHOSCU>GATEWAY",
        ],
        [false, true],
      ],
      [
        "yaml",
        [
          "Archive pacs.example.org:11112 ECHOSCU>ARCHIVE",
          "CT room 3 192.0.2.31:104 MONITOR>CT3",
          "MR room 1 192.0.2.32:104 MONITOR>MR1",
        ],
        [false, false, true],
      ],
    ] as const
  ) {
    const text = example(language);
    // Also without a name that tells the format.
    for (const path of [`site.${language}`, undefined]) {
      const file = await parse(text, path);
      assert.deepEqual(file.problems, []);
      assert.deepEqual(file.peers.map(shown), peers);
      assert.deepEqual(file.peers.map(({ target }) => target.tls), tls);
    }
    assert.equal(formatOf(undefined, text), language);
  }
});

Deno.test("the messages of the documentation are those of the program", async () => {
  const { problems } = await parse(
    "host,port,called,room\n\n\na,1o4\n\n\n\n\na,1,ARCHIVE-OF-THE-CLINIC,\n",
    "a.csv",
  );
  assert.deepEqual(
    problems.map((problem) => `E: ${problemText(problem)}`),
    example("text").trim().split("\n"),
  );
});

Deno.test("table and schema have every column, and no other", () => {
  const table = PAGE.split("\n").filter((line) => line.startsWith("| `"))
    .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)])
    .map(([, name]) => name);
  assert.deepEqual(table, [...COLUMNS]);
  assert.deepEqual(Object.keys(SCHEMA.$defs.peer.properties), [...COLUMNS]);
});

Deno.test("the schema takes what the program takes, and refuses what it refuses", async () => {
  assert.ok(isPeersFile(JSON.parse(example("json"))));
  const peer = { host: "a", port: 104 };
  for (
    const [fields, good] of [
      [{}, true],
      [{ room: 3 }, true],
      [{ port: "104" }, true],
      [{ port: 0 }, false],
      [{ port: 65536 }, false],
      [{ port: "x" }, false],
      [{ host: "" }, false],
      [{ host: "a b" }, false],
      [{ called: "SIXTEEN-LETTERS-" }, true],
      [{ called: "SEVENTEEN-LETTERS" }, false],
      [{ called: "A\\B" }, false],
      [{ called: "A\nB" }, false],
      [{ tls: "anonymous" }, true],
      [{ tls: true }, true],
      [{ tls: "maybe" }, false],
      [{ key: "k" }, false],
      [{ key: "k", cert: "c", tls: "client" }, true],
      [{ ca: ["a", "b"], crl: "c" }, true],
      [{ ca: 1.5, name: {} }, false],
      [{ profile: "aes" }, true],
      [{ profile: "x" }, false],
      [{ "verify-hostname": "yes" }, true],
      [{ "verify-hostname": "x" }, false],
      [{ timeout: 0.5 }, true],
      [{ timeout: 0 }, false],
      [{ timeout: "soon" }, false],
    ] as const
  ) {
    const peers = [{ ...peer, ...fields }];
    const text = JSON.stringify(peers);
    const file = await parse(text, "a.json");
    assert.equal(file.peers.length === 1, good, text);
    assert.equal(isPeersFile(peers), good, text);
    assert.equal(isPeersFile({ peers }), good, text);
  }
});
