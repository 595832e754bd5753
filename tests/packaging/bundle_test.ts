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
import { type Calls, callsIn } from "../../scripts/build/profile.ts";
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
      'await import(\n  import.meta.resolve("./b.ts"),\n); import("node:fs");',
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

/** As if each function, method and arrow of the text had been called once. */
function allCalls(code: string, times = 1): Calls {
  return new Map(Array.from(code, (_, offset) => [offset, times]));
}

async function moduleOf<T>(text: string): Promise<T> {
  return await import(`data:text/javascript,${encodeURIComponent(text)}`);
}

Deno.test("functions are put in parentheses and mean the same", async () => {
  const code = `
    export const early = typeof f;
    function f(x) { return [x].map((y) => y + g())[0]; }
    var { g = () => 1 } = {};
    export const late = f(40);
    const q = 4;
    export const o = { q, m() { return 5; }, get r() { return 6; }, n: async () => 7 };
    export async function* h() { yield* [8]; }
  `;
  const text = eager(code, allCalls(code));
  assert.match(text, /^var f=\(function \(x\)/);
  assert.ok(text.includes("((y) => y + g())"));
  const { early, late, o, h } = await moduleOf<{
    early: string;
    late: number;
    o: { q: number; m(): number; r: number; n(): Promise<number> };
    h: () => AsyncIterable<number>;
  }>(text);
  assert.deepEqual([early, late], ["function", 41]);
  assert.deepEqual([o.q, o.m(), o.r, await o.n()], [4, 5, 6, 7]);
  assert.deepEqual(await Array.fromAsync(h()), [8]);
});

Deno.test("methods become functions and mean the same", async () => {
  const code = `
    const key = "k";
    class B { constructor() { this.of = this.name(); } name() { return "B"; } }
    export class C extends B {
      #x = this.#secret();
      static s = new C().pub(1);
      constructor() { super(); }
      name() { return "C" + super.name(); }
      pub(a) { return () => a + this.#x + this.p; }
      async later() { return this["a b"]() + this.k(); }
      "a b"() { return 4; }
      [key]() { return 5; }
      get p() { return 3; }
      *g() { yield this.#x; }
      #secret() { return 2; }
      static is(o) { return #secret in o; }
    }
  `;
  interface Made {
    readonly of: string;
    later(): Promise<number>;
    pub(a: number): () => number;
    g(): Iterable<number>;
  }
  interface Module {
    readonly C: {
      new (): Made;
      readonly s: () => number;
      is(o: Made): boolean;
    };
  }
  for (const times of [1, 100]) {
    const text = eager(code, allCalls(code, times));
    assert.ok(text.includes('$m(this.prototype,"pub",(function(a)'));
    assert.ok(text.includes('$m(this.prototype,"later",(async function()'));
    assert.equal(text.includes("#secret=(function()"), times === 1);
    const { C } = await moduleOf<Module>(text);
    const c = new C();
    assert.deepEqual(
      [c.of, c.pub(10)(), await c.later(), C.s(), C.is(c), ...c.g()],
      ["CB", 15, 9, 6, true, 2],
    );
  }
});

/** Each is a module whose `r` must stay what it is. */
const SAME: Readonly<Record<string, string>> = {
  "a method over an inherited getter":
    "class C extends Map { size() { return 7; } } export const r = new C().size();",
  "a method over an inherited setter":
    "class B { set v(x) {} } class C extends B { v() { return 7; } }" +
    " export const r = new C().v();",
  "a method over a getter of the same class":
    "class C { get v() { return 1; } v() { return 7; } } export const r = new C().v();",
  "fields that line ends part": "class C { x\n m() {}\n y = 2 }" +
    " export const r = Object.keys(new C());",
  "a computed field after a method":
    "const k = 'z'; class C { x\n m() {}\n [k] = 2 }" +
    " export const r = Object.keys(new C());",
  "a function that assigns to its own name":
    "function f() { f = () => 2; return 1; } export const r = [f(), f()];",
  "a computed key with effects":
    "let n = 0; class C { [`a${n++}`]() { return 1; }" +
    " m() { return 2; } [`b${n++}`]() { return 3; } }" +
    " const c = new C(); export const r = [c.a0(), c.m(), c.b1()];",
  "this in a computed key":
    "export const r = (function () { class C { [this.k]() { return 5; } }" +
    " return new C().q(); }).call({ k: 'q' });",
  "for in over an instance": "class C { a = 1; m() {} } const r0 = [];" +
    " for (const k in new C()) r0.push(k); export const r = r0;",
  "spread of an instance":
    "class C { a = 1; m() {} } export const r = { ...new C() };",
  "a symbol": "class C { [Symbol.iterator]() { return [1, 2].values(); } }" +
    " export const r = [...new C()];",
  "a method that the constructor calls":
    "class C { v = this.m(); constructor() { this.w = this.m() + 1; } m() { return 3; } }" +
    " export const r = { ...new C() };",
  "a static field that needs a method":
    "class C { static s = new C().m(); m() { return 4; } } export const r = C.s;",
  "arguments in a method":
    "class C { m() { return arguments.length; } } export const r = new C().m(1, 2);",
  "names like that of the helper":
    "const $m = 3; class C { m() { return $m; } } export const r = new C().m();",
  "await and yield":
    "class C { async m() { return await 6; } *g() { yield 1; } }" +
    " export const r = [await new C().m(), ...new C().g()];",
};

for (const [what, code] of Object.entries(SAME)) {
  Deno.test(`rewritten, it stays the same: ${what}`, async () => {
    const { r: wanted } = await moduleOf<{ r: unknown }>(code);
    for (const times of [1, 100]) {
      const { r } = await moduleOf<{ r: unknown }>(
        `${eager(code, allCalls(code, times))}\n// ${times}`,
      );
      assert.deepEqual(r, wanted);
    }
  });
}

Deno.test("what a plain run does not call is left as it is", () => {
  const code = "function f(){return ()=>1}class C{m(){}#p(){}constructor(){}}";
  assert.equal(eager(code, new Map()), code.replace("}class", "}\nclass"));
});

Deno.test("calls are those of the script that was run", () => {
  const whole = (startOffset: number, count: number): {
    ranges: { startOffset: number; count: number }[];
  } => ({ ranges: [{ startOffset, count }, { startOffset: 1, count: 9 }] });
  const coverage = [
    { url: "file:///t/other.js", functions: [whole(7, 1)] },
    { url: "file:///t/main.js", functions: [whole(0, 2), whole(5, 0)] },
  ];
  assert.deepEqual([...callsIn(coverage, "/main.js") ?? []], [[0, 2]]);
  assert.equal(callsIn(coverage, "/more.js"), undefined);
});
