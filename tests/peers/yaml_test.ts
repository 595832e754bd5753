import assert from "node:assert/strict";
import fc from "fast-check";
import { yamlRows } from "../../lib/peers/yaml.ts";
import { parse, read } from "./reading.ts";

Deno.test("a list of peers is read, and a mapping that has one", async () => {
  for (
    const text of [
      "- host: a\n  port: 104\n",
      "- {host: a, port: 104}\n",
      "%YAML 1.2\n---\npeers:\n  - host: a\n    port: 104\nabout: me\n",
    ]
  ) {
    assert.deepEqual(await read(text, "a.yaml"), {
      peers: ["a:104 ECHOSCU>ANY-SCP"],
      problems: [],
    });
  }
});

Deno.test("text stays as it stands there: no numbers, no truth values", async () => {
  const { rows: [row] } = await yamlRows(
    "- called: 0123\n  calling: no\n  name: 1e3\n  sni: ~\n" +
      '  key: "~"\n  cert:\n  ca: [a, 1.0]\n',
  );
  assert.deepEqual([...row?.fields ?? []], [
    ["called", "0123"],
    ["calling", "no"],
    ["name", "1e3"],
    ["sni", ""],
    ["key", "~"],
    ["cert", ""],
    ["ca", ["a", "1.0"]],
  ]);
});

Deno.test("anchors, aliases and merge keys take what is the same for all", async () => {
  assert.deepEqual(
    await read(
      "site: &site {port: 11112, called: PACS, calling: ME}\n" +
        "other: &other {called: OTHER, name: x}\n" +
        "peers:\n" +
        "  - {<<: *site, host: a}\n" +
        "  - {host: b, <<: [*site, *other], calling: YOU}\n",
      "a.yml",
    ),
    {
      peers: ["a:11112 ME>PACS", "x b:11112 YOU>PACS"],
      problems: [],
    },
  );
});

Deno.test("an alias stands for the last anchor before it", async () => {
  assert.deepEqual(
    (await read(
      "- {host: &h a, port: 1}\n- {host: *h, port: 2}\n" +
        "- {host: &h b, port: 3}\n- {host: *h, port: 4}\n",
      "a.yml",
    )).peers.map((peer) => peer.split(" ")[0]),
    ["a:1", "a:2", "b:3", "b:4"],
  );
});

Deno.test("a broken peer is told with its line, and the others are read", async () => {
  assert.deepEqual(
    await read(
      "- host: a\n  port: 104\n" +
        "- just text\n" + // 3
        "- host: b\n  port: x\n" + // 4
        "- host: c\n  port: 1\n  host: d\n" + // 6
        "- host: e\n  port: {a: b}\n" + // 9
        "- host: *nothing\n  port: 1\n" + // 11
        "- host: f\n  port: 1\n",
      "a.yaml",
    ),
    {
      peers: ["a:104 ECHOSCU>ANY-SCP", "f:1 ECHOSCU>ANY-SCP"],
      problems: [
        "line 3: not a mapping",
        'line 4: port "x" is no number from 1 to 65535',
        'line 6: "host" stands twice',
        'line 9: the value of "port" is no text',
        'line 11: the value of "host" is no text',
      ],
    },
  );
});

Deno.test("a mistake of YAML is told with its line; peers before it are read", async () => {
  const { peers, problems } = await read(
    '- host: a\n  port: 1\n- host: "b\n  port: 2\n',
    "a.yaml",
  );
  assert.deepEqual(peers, ["a:1 ECHOSCU>ANY-SCP"]);
  assert.match(problems.join(), /^line \d: not YAML: [^\n,]*$/);
});

Deno.test("what has no list of peers is told as such", async () => {
  for (const text of ["7", "a: b", "peers: 7", "peers: {a: b}"]) {
    assert.deepEqual((await read(text, "a.yaml")).problems, [
      'neither a list of peers nor a mapping with "peers"',
    ]);
  }
});

Deno.test("a bomb of aliases is only a few broken peers", async () => {
  const levels = 30;
  const lists = Array.from(
    { length: levels },
    (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]\n`,
  ).join("");
  const maps = Array.from(
    { length: levels },
    (_, i) => `m${i + 1}: &m${i + 1} {<<: [${`*m${i}, `.repeat(9)}]}\n`,
  ).join("");
  assert.deepEqual(
    await read(
      `l0: &l0 x\n${lists}m0: &m0 {port: 1}\n${maps}` +
        `peers:\n- {host: *l${levels}}\n- {<<: *m${levels}}\n` +
        "- &self {<<: *self, host: a, port: 1}\n",
      "a.yaml",
    ),
    {
      peers: [],
      problems: [
        'line 64: the value of "host" is no text',
        'line 65: "<<" merges more than 100 mappings',
        'line 66: "<<" merges more than 100 mappings',
      ],
    },
  );
});

Deno.test("names of the prototype are names like others", async () => {
  assert.deepEqual(
    await read("- {__proto__: {host: x}, host: a, port: 1}\n", "a.yaml"),
    {
      peers: [],
      problems: ['line 1: the value of "__proto__" is no text'],
    },
  );
  assert.deepEqual(
    await read(
      "- {__proto__: x, constructor: y, host: a, port: 1}\n",
      "a.yaml",
    ),
    {
      peers: ["a:1 ECHOSCU>ANY-SCP"],
      problems: [
        'unknown column "__proto__" is ignored',
        'unknown column "constructor" is ignored',
      ],
    },
  );
});

Deno.test("nesting without end is refused", async () => {
  for (const text of ["[".repeat(50_000), "- ".repeat(50_000)]) {
    const { peers, problems } = await parse(text, "a.yaml");
    assert.deepEqual(peers, []);
    assert.ok(problems.length > 0);
  }
});

Deno.test("no text is an error of the program", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({
        unit: fc.constantFrom(
          ..."[]{},:\"'&*!|>-? \n#%@a",
          "- ",
          "host: a\n",
          "<<: ",
          "&a ",
          "*a",
          "peers:\n",
        ),
      }),
      async (text) => {
        await yamlRows(text);
      },
    ),
    { numRuns: 300 },
  );
});

Deno.test("too much text for the parser is refused", async () => {
  const text = "- {host: a, port: 1}\n".padEnd(10 * 1024 * 1024 + 1, "#");
  assert.deepEqual((await read(text, "a.yaml")).problems, [
    "more than 10 MiB of YAML; CSV or JSON may be longer",
  ]);
});
