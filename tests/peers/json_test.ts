import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonRows } from "../../lib/peers/json.ts";
import { read } from "./reading.ts";

const ONE = '{"host":"a","port":104}';

Deno.test("an array of peers is read, and an object that has one", async () => {
  for (
    const text of [
      `[${ONE}]`,
      `{"peers":[${ONE}]}`,
      `\n{"about":{"peers":["no"],"x":"]}"},\n "peers" : [ ${ONE} ] }`,
    ]
  ) {
    assert.deepEqual(await read(text, "a.json"), {
      peers: ["a:104 ECHOSCU>ANY-SCP"],
      problems: [],
    });
  }
});

Deno.test("numbers, truth values, lists and null are what they look like", () => {
  const [row] = jsonRows(
    '[{"port":104,"verify-hostname":true,"ca":["a","b"],"name":null}]',
  ).rows;
  assert.deepEqual(
    [...row?.fields ?? []],
    [["port", "104"], ["verify-hostname", "true"], ["ca", ["a", "b"]]],
  );
});

Deno.test("a broken peer is told with its line, and the others are read", async () => {
  const { peers, problems } = await read(
    "[\n" +
      `  ${ONE},\n` + // 2
      '  {"host":"b" "port":104},\n' +
      "  17,\n" +
      '  {"host":"c\\"]}","port":{"a":[1,2]}},\n' + // 5
      '  {"host":"d","port":104,"room":1}\n' +
      "]\n",
    "a.json",
  );
  assert.deepEqual(peers, ["a:104 ECHOSCU>ANY-SCP", "d:104 ECHOSCU>ANY-SCP"]);
  assert.equal(problems[0], 'unknown column "room" is ignored');
  assert.match(problems[1] ?? "", /^line 3: not JSON: /);
  assert.deepEqual(problems.slice(2), [
    "line 4: not an object",
    'line 5: the value of "port" is no text',
  ]);
});

Deno.test("an array that does not end loses its last peer only", async () => {
  const { peers, problems } = await read(`[${ONE},\n{"host":"b`, "a.json");
  assert.equal(peers.length, 1);
  assert.match(problems[0] ?? "", /^line 2: not JSON: /);
});

Deno.test("what has no array of peers is told as such", async () => {
  for (
    const text of ["", "7", '"a"', "{}", '{"peers":1}', '{"peers"', "{peers"]
  ) {
    assert.deepEqual((await read(text, "a.json")).problems, [
      'neither an array of peers nor an object with "peers"',
    ]);
  }
  assert.deepEqual((await read("[]", "a.json")).problems, ["no peers"]);
});

Deno.test("names of the prototype are names like others", async () => {
  assert.deepEqual(
    await read(
      '[{"__proto__":{"host":"x"},"host":"a","port":1}, ' +
        '{"constructor":"x","toString":"y","host":"b","port":2}]',
      "a.json",
    ),
    {
      peers: ["b:2 ECHOSCU>ANY-SCP"],
      problems: [
        'unknown column "constructor" is ignored',
        'unknown column "toString" is ignored',
        'line 1: the value of "__proto__" is no text',
      ],
    },
  );
});

Deno.test("deep nesting and a hundred thousand peers do no harm", () => {
  const deep = jsonRows(`[${"[".repeat(200_000)}`);
  assert.equal([...deep.rows].length, 0);
  assert.ok(deep.problems.length > 0);
  const many = jsonRows(`[${"{},".repeat(100_001)}{}]`);
  assert.equal([...many.rows].length, 100_000);
  assert.equal(many.problems.length, 1);
});

Deno.test("every array of objects is split where JSON itself does", () => {
  const object = fc.dictionary(
    fc.string().filter((name) => name !== "__proto__"),
    fc.string(),
  );
  fc.assert(
    fc.property(
      fc.array(object),
      fc.constantFrom(undefined, 1, "\t"),
      (objects, indent) => {
        const { rows, problems } = jsonRows(
          JSON.stringify(objects, undefined, indent),
        );
        assert.deepEqual(problems, []);
        assert.deepEqual(
          [...rows].map(({ fields }) => [...fields].toSorted()),
          objects.map((one) => Object.entries(one).toSorted()),
        );
      },
    ),
  );
});

Deno.test("no text is an error of the program", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom(...'[]{},:"\\ \n1a', '"peers":', '{"a":1}'),
      }),
      (text) => {
        jsonRows(text);
      },
    ),
  );
});
