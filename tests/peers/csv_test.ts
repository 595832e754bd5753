import assert from "node:assert/strict";
import fc from "fast-check";
import { csvRows } from "../../lib/peers/csv.ts";
import type { PeersProblem, Row } from "../../lib/peers/peer.ts";
import { read } from "./reading.ts";

interface Read {
  readonly rows: readonly Row[];
  readonly problems: readonly PeersProblem[];
}

/** All of it. */
function allRows(text: string): Read {
  const { rows, problems } = csvRows(text);
  return { rows: [...rows], problems };
}

function cellsOf(text: string): readonly (readonly string[])[] {
  const { rows, problems } = allRows(text);
  assert.deepEqual(problems, []);
  return rows.map(({ fields }) => [...fields.values()].map(String));
}

Deno.test("a header names the columns, in any order and spelling", async () => {
  assert.deepEqual(
    await read(
      "Port,HOST,Called AE Title,calling_aet,name\n" +
        "104,pacs,PACS,ME,Main\n11112,192.0.2.7,,,\n",
      "a.csv",
    ),
    {
      peers: ["Main pacs:104 ME>PACS", "192.0.2.7:11112 ECHOSCU>ANY-SCP"],
      problems: [],
    },
  );
});

Deno.test("cells may be quoted, with commas, quotes and line ends in them", () => {
  assert.deepEqual(
    cellsOf('a,b\r\n"x,""y""","1\n2"\r\n , z \n'),
    [['x,"y"', "1\n2"], ["", "z"]],
  );
});

Deno.test("semicolons and tabs separate if the header has them", () => {
  assert.deepEqual(cellsOf("a;b\n1,5;2\n"), [["1,5", "2"]]);
  assert.deepEqual(cellsOf("a\tb\n1;5\t2\n"), [["1;5", "2"]]);
});

Deno.test("empty lines and comments are skipped, and counted", () => {
  const { rows } = allRows("# site\n\na,b\n\n1,2\n# old\n3,4");
  assert.deepEqual(rows.map(({ line }) => line), [5, 7]);
});

Deno.test("a broken line is told with its number, and the others are read", async () => {
  assert.deepEqual(
    await read(
      "host,port\n" +
        "a,104\n" + // 2
        "b\n" +
        "c,port\n" +
        "d,104,extra\n" + // 5
        'e"e,104\n' +
        '"f"f,104\n' +
        '"two\nlines",104\n' + // 8, 9
        "g,0\n" + // 10
        ",104\n" +
        "h h,104\n" +
        "i,104\n",
      "a.csv",
    ),
    {
      peers: ["a:104 ECHOSCU>ANY-SCP", "i:104 ECHOSCU>ANY-SCP"],
      problems: [
        "line 3: port is missing",
        'line 4: port "port" is no number from 1 to 65535',
        "line 5: 3 cells under 2 columns",
        "line 6: a quote within a cell that does not begin with one",
        "line 7: something stands after a closing quote",
        'line 8: host "two\\x0alines" has a control character',
        'line 10: port "0" is no number from 1 to 65535',
        "line 11: host is missing",
        'line 12: host "h h" has a blank',
      ],
    },
  );
});

Deno.test("a quote that is not closed costs its own line only", async () => {
  assert.deepEqual(
    await read('host,port\na,104\n"b,104\nc,104\n', "a.csv"),
    {
      peers: ["a:104 ECHOSCU>ANY-SCP", "c:104 ECHOSCU>ANY-SCP"],
      problems: ["line 3: a quote is not closed"],
    },
  );
});

Deno.test("a column that nobody knows is told once", async () => {
  assert.deepEqual(
    (await read(
      `host,port,room\n${"a,104,x\n".repeat(50)}`,
      "a.csv",
    )).problems,
    ['unknown column "room" is ignored'],
  );
});

Deno.test("a header that is none has nothing below it", async () => {
  const { peers, problems } = await read("a,104\nb,104\n", "a.csv");
  assert.deepEqual(peers, []);
  assert.ok(problems.includes("line 2: host is missing"));
  assert.deepEqual(
    (await read("host,port,host\na,104,b\n", "a.csv")).problems,
    ["line 1: a column stands twice in the header"],
  );
  assert.deepEqual(
    (await read("host,port,peer\na,104,b\n", "a.csv")).problems,
    ["line 2: host stands twice"],
  );
});

Deno.test("nothing at all is told", async () => {
  for (const text of ["", "\n\n", "# nobody\n", "host,port\n"]) {
    assert.deepEqual((await read(text, "a.csv")).problems, ["no peers"]);
  }
});

Deno.test("no more than 100,000 peers are read", () => {
  const { rows, problems } = allRows(`host,port\n${"a,1\n".repeat(100_010)}`);
  assert.equal(rows.length, 100_000);
  assert.deepEqual(problems, [
    { line: 100_002, text: "more than 100000 peers" },
  ]);
});

Deno.test("endless cells and lines are refused", () => {
  const problems = (text: string): readonly string[] =>
    allRows(`host\n${text}\n`).problems.map(({ text }) => text);
  assert.deepEqual(problems("x".repeat(5000)), [
    "a cell is longer than 4096 characters",
  ]);
  assert.deepEqual(problems(`"${"x".repeat(5000)}"`), [
    "a quote is not closed",
  ]);
  assert.deepEqual(problems(",".repeat(5000)), ["more than 1000 cells"]);
});

Deno.test("whatever cells contain comes back, quoted as RFC 4180 says", () => {
  const cell = fc.string({ unit: "binary", maxLength: 20 })
    .filter((text) => !text.includes("\0"));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
      (records) => {
        const quote = (text: string): string =>
          `"${text.replaceAll('"', '""')}"`;
        const text = `a,b\r\n${
          records.map((cells) => `${cells.map(quote).join(",")}\r\n`).join("")
        }`;
        assert.deepEqual(cellsOf(text), records);
      },
    ),
  );
});

Deno.test("no text is an error of the program, and every line is accounted for", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('"', ",", "\n", "a", "\r", "#", " ") }),
      (text) => {
        const { rows, problems } = allRows(`h,i\n${text}`);
        const numbers = [...rows, ...problems].map(({ line }) => line ?? 0);
        const most = text.split("\n").length + 1;
        assert.ok(numbers.every((line) => line >= 2 && line <= most));
        assert.equal(new Set(numbers).size, numbers.length);
      },
    ),
  );
});
