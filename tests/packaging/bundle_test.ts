/** What a plain run has to read, and that all scripts are one program. */

import assert from "node:assert/strict";
import {
  bundle,
  MAIN_SCRIPT,
  named,
  unannounced,
  withCommit,
} from "../../scripts/build/bundle.ts";
import { eager } from "../../scripts/build/eager.ts";
import { LazyModules } from "../../scripts/build/lazy.ts";
import { BuildError } from "../../scripts/build/run.ts";
import { temporaryDirectory } from "../support/run.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** What the script of a plain run may grow to, in bytes: each costs time. */
const PLAIN_LIMIT = 100_000;

const { scripts } = await bundle(ROOT, "0123456789ab");
const main = scripts.get(MAIN_SCRIPT) ?? "";

Deno.test("the script of a plain run is small and imports nothing", () => {
  assert.ok(main.length < PLAIN_LIMIT, `${main.length} bytes`);
  assert.doesNotMatch(main, /\bfrom\s*["']|\bimport\s*["']/);
});

Deno.test("no script imports a node: module before it is needed", () => {
  for (const [name, code] of scripts) {
    assert.doesNotMatch(code, /(\bfrom|\bimport)\s*["']node:/, name);
    assert.doesNotMatch(code, /createRequire/, name);
  }
});

Deno.test("a script that is loaded on demand imports the program, no copy", () => {
  for (const [name, code] of scripts) {
    if (name === MAIN_SCRIPT) continue;
    const imports = Array.from(
      code.matchAll(/\bimport\s*\{[^}]*\}\s*from\s*"([^"]+)"/g),
      ([, f]) => f,
    );
    assert.deepEqual(new Set(imports), new Set([`./${MAIN_SCRIPT}`]), name);
    assert.doesNotMatch(code, /"TransportError"/, name);
  }
});

Deno.test("no script names another so that Deno would read it at the start", () => {
  assert.equal(
    unannounced('import("./a.js"),import("node:fs")'),
    'import(import.meta.resolve("./a.js")),import("node:fs")',
  );
  assert.match(
    main,
    /import\(import\.meta\.resolve\("\.\/echoscu-more\.js"\)\)/,
  );
  for (const [name, code] of scripts) {
    assert.doesNotMatch(code, /\bimport\("\./, name);
  }
});

Deno.test("the scripts run from a folder of their own", async () => {
  await using folder = await temporaryDirectory();
  for (const [name, code] of scripts) {
    await Deno.writeTextFile(`${folder.path}/${name}`, code);
  }
  const run = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--no-config",
        "--allow-net",
        "--allow-read",
        MAIN_SCRIPT,
        ...args,
      ],
      cwd: folder.path,
      env: { NO_COLOR: "1" },
    }).output();
    const text = new TextDecoder();
    return `${code}\n${text.decode(stdout)}${text.decode(stderr)}`;
  };
  assert.match(await run("--version"), /^0\n[^]*Commit: 0123456789ab\n/);
  // An error of the program itself, met by a script that is loaded on demand.
  assert.match(
    await run("--explain", "not::an::address", "104"),
    /^1\n[^]*0006:030c Illegal service parameter/,
  );
});

Deno.test("dynamic imports are gathered by what they import", () => {
  const lazy = new LazyModules();
  const gathered = [
    lazy.gather(
      'await import(\n  "./b.ts"\n); import("node:fs");',
      "lib/a/a.ts",
    ),
    lazy.gather('import("../a/b.ts"), import("yaml")', "lib/c/c.ts"),
    lazy.gather('type T = typeof import("./b.ts").x;', "lib/a/d.ts"),
  ];
  assert.deepEqual(gathered, [
    'await import("../../echoscu-more.ts").then((all) => all._0); ' +
    'import("node:fs");',
    'import("../../echoscu-more.ts").then((all) => all._0), ' +
    'import("../../echoscu-packages.ts").then((all) => all._1)',
    'type T = typeof import("./b.ts").x;',
  ]);
  assert.deepEqual([...lazy.groups()], [
    [
      "echoscu-more",
      'import "./main.ts";\nexport * as _0 from "./lib/a/b.ts";\n',
    ],
    [
      "echoscu-packages",
      'import "./main.ts";\nexport * as _1 from "yaml";\n',
    ],
  ]);
});

Deno.test("outputs that are not one program are refused", () => {
  const stub = 'import"./chunk-A.js";\n';
  const good = new Map([["main.js", stub], ["chunk-A.js", "1"], [
    "m.js",
    'import{a}from"./chunk-A.js";',
  ]]);
  assert.deepEqual([...named(good)], [
    [MAIN_SCRIPT, "1"],
    ["m.js", `import{a}from"./${MAIN_SCRIPT}";`],
  ]);
  for (
    const bad of [
      new Map([["main.js", "1"]]),
      new Map([...good, ["main.js", "1"]]),
      new Map([...good, ["chunk-B.js", "2"]]),
    ]
  ) assert.throws(() => named(bad), BuildError);
  assert.throws(() => withCommit("", "x"), BuildError);
});

Deno.test("functions are put in parentheses and mean the same", async () => {
  const code = `
    export const early = f(20);
    function f(x) { return [x].map((y) => y + g())[0]; }
    const { g = () => 1 } = {};
    export const late = f(40);
    export class C { m(a) { return function () { return a; }; } get p() { return 3; } }
    const q = 4;
    export const o = { q, m() { return 5; }, get r() { return 6; }, n: async () => 7 };
    export async function* h() { yield* [8]; }
  `.replace("const { g", "var { g").replace("f(20)", "typeof f");
  const text = eager(code);
  assert.match(text, /^var f=\(function f/);
  assert.ok(text.includes("((y) => y + g())"));
  assert.ok(text.includes("m(a) { return (function () { return a; }); }"));
  const url = `data:text/javascript,${encodeURIComponent(text)}`;
  const { early, late, C, o, h } = await import(url);
  assert.deepEqual([early, late, new C().m(2)(), new C().p], [
    "function",
    41,
    2,
    3,
  ]);
  assert.deepEqual([o.q, o.m(), o.r, await o.n()], [4, 5, 6, 7]);
  assert.deepEqual(await Array.fromAsync(h()), [8]);
});
