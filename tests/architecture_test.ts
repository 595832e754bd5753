/** House rules that the compiler does not know. */

import assert from "node:assert/strict";

const ROOT = new URL("../", import.meta.url);

interface Edge {
  readonly from: string;
  readonly to: string;
  /** Loaded at once, on demand, or only looked at by the type checker. */
  readonly kind: "static" | "dynamic" | "type";
}

interface Resolved {
  readonly specifier?: string;
}

/** The part of `deno info --json` that is read here. */
interface Info {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly {
      readonly code?: Resolved;
      readonly type?: Resolved;
      readonly isDynamic?: boolean;
    }[];
  }[];
}

/** "lib/base/text.ts" for a file of the project, else what it is. */
function nameOf(specifier: string): string {
  return specifier.startsWith(ROOT.href)
    ? specifier.slice(ROOT.href.length)
    : specifier;
}

async function edgesFrom(entry: string): Promise<Edge[]> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", entry],
    cwd: ROOT,
  }).output();
  const decoder = new TextDecoder();
  assert.ok(success, decoder.decode(stderr));
  const { modules }: Info = JSON.parse(decoder.decode(stdout));
  return modules.flatMap(({ specifier, dependencies = [] }) =>
    dependencies.flatMap(({ code, type, isDynamic }): Edge[] => {
      const to = code?.specifier ?? type?.specifier;
      if (to === undefined) return [];
      const kind = code === undefined
        ? "type"
        : isDynamic
        ? "dynamic"
        : "static";
      return [{ from: nameOf(specifier), to: nameOf(to), kind }];
    })
  );
}

/** The program, and the demo, which alone uses the SCP. */
const ENTRIES = ["main.ts", "scripts/demo.ts"] as const;

const NAMED: readonly Edge[] = (await Promise.all(ENTRIES.map(edgesFrom)))
  .flat();

/** What a file loads on demand without naming it to the runtime. */
async function unnamedEdges(file: string): Promise<readonly Edge[]> {
  const text = await Deno.readTextFile(new URL(file, ROOT));
  return Array.from(
    text.matchAll(/\bimport\.meta\.resolve\(\s*"([^"]+)"/g),
    ([, path = ""]) => {
      const { href } = new URL(path, new URL(file, ROOT));
      return { from: file, to: nameOf(href), kind: "dynamic" };
    },
  );
}

const GRAPH: readonly Edge[] = [
  ...NAMED,
  ...(await Promise.all(
    (await filesUnder("lib/", /\.ts$/)).map(unnamedEdges),
  )).flat(),
];

/** All that a verification is made of. */
const VERIFYING = [
  "verify",
  "dimse",
  "association",
  "pdu",
  "tls",
  "x509",
  "net",
  "base",
] as const;

/**
 * What each part of lib may import beside itself. A name with a slash is a
 * single file.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  log: ["base"],
  pdu: ["base"],
  net: ["base"],
  x509: ["base"],
  tls: ["x509", "net", "base"],
  dictionary: ["base"],
  cli: [
    "base",
    "log",
    "result",
    "format/range.ts",
    "verify/settings.ts",
    "tls/settings.ts",
  ],
  association: ["pdu", "net", "base"],
  dimse: ["association", "pdu", "net", "base"],
  "dimse/dump.ts": ["dictionary"],
  "dimse/dictionary-fault.ts": ["dictionary"],
  verify: ["dimse", "association", "pdu", "net", "base"],
  result: VERIFYING,
  diagnosis: ["result", ...VERIFYING],
  latency: ["result", "base"],
  format: ["diagnosis", "latency", "result", ...VERIFYING],
  peers: ["result", "report", ...VERIFYING],
  probe: VERIFYING,
  listen: ["scp", "probe", "format", ...VERIFYING],
  report: [
    "diagnosis",
    "probe",
    "latency",
    "result",
    "dictionary",
    "log",
    ...VERIFYING,
  ],
  scp: ["association", "dimse", "tls", "net", "pdu", "base"],
  "host.ts": ["log", "net", "tls", "base"],
  app: [
    "cli",
    "report",
    "format",
    "diagnosis",
    "latency",
    "peers",
    "probe",
    "listen",
    "result",
    "scp",
    "dictionary",
    "log",
    "host.ts",
    ...VERIFYING,
  ],
};

/** "pdu" for "lib/pdu/codec.ts", "host.ts" for "lib/host.ts". */
function partOf(file: string): string {
  return file.split("/")[1] ?? file;
}

function mayImport(from: string, to: string): boolean {
  const part = partOf(from);
  if (part === partOf(to)) return true;
  const allowed = [
    ...ALLOWED[part] ?? [],
    ...ALLOWED[from.slice("lib/".length)] ?? [],
  ];
  return allowed.includes(partOf(to)) ||
    allowed.includes(to.slice("lib/".length));
}

/** All that is loaded at once when `entry` is. */
function staticClosure(entry: string): Set<string> {
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const { from, to, kind } of GRAPH) {
      if (from === file && kind === "static") reached.add(to);
    }
  }
  return reached;
}

async function filesUnder(
  folder: string,
  ending: RegExp,
): Promise<string[]> {
  const files: string[] = [];
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    const path = `${folder}${entry.name}`;
    if (
      entry.isDirectory &&
      !/^(\.|dist$|coverage$|node_modules$)/.test(entry.name)
    ) {
      files.push(...await filesUnder(`${path}/`, ending));
    } else if (entry.isFile && ending.test(entry.name)) files.push(path);
  }
  return files.toSorted();
}

Deno.test("imports go one way only", () => {
  const wrong = GRAPH.filter(({ from, to }) =>
    from.startsWith("lib/") && to.startsWith("lib/") && !mayImport(from, to)
  );
  assert.deepEqual(wrong, []);
});

/**
 * What the folders of lib/tls may import of each other; what stands beside them
 * is the contract that all share, and imports none of them.
 */
const TLS_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  wire: [],
  policy: [],
  files: [],
  "built-in": ["wire"],
  openssl: ["wire", "policy"],
  connect: ["policy"],
  offline: ["files", "openssl", "policy"],
  deno: ["files"],
};

Deno.test("the folders of TLS import one way only", () => {
  const folderOf = (file: string): string | undefined =>
    /^lib\/tls\/([^/]+)\/[^/]+$/.exec(file)?.[1];
  const wrong = GRAPH.filter(({ from, to }) => {
    const [one, other] = [folderOf(from), folderOf(to)];
    return from.startsWith("lib/tls/") && other !== undefined &&
      one !== other && TLS_FOLDERS[one ?? ""]?.includes(other) !== true;
  });
  assert.deepEqual(wrong, []);
});

Deno.test("no part imports itself through another", () => {
  const parts = new Map<string, Set<string>>();
  for (const { from, to, kind } of GRAPH) {
    if (kind === "type" || !to.startsWith("lib/")) continue;
    const [a, b] = [partOf(from), partOf(to)];
    if (a !== b) parts.set(a, (parts.get(a) ?? new Set()).add(b));
  }
  for (const start of parts.keys()) {
    const reached = new Set(parts.get(start));
    for (const part of reached) {
      for (const next of parts.get(part) ?? []) reached.add(next);
    }
    assert.ok(!reached.has(start), start);
  }
});

Deno.test("what is outside of lib is imported by nothing in it", () => {
  const wrong = GRAPH.filter(({ from, to }) =>
    from.startsWith("lib/") && !to.startsWith("lib/") &&
    !/^(node|npm):/.test(to)
  );
  assert.deepEqual(wrong, []);
});

Deno.test("every file of lib is used by the program or its SCP", async () => {
  const used = new Set(GRAPH.map(({ to }) => to));
  const unused = (await filesUnder("lib/", /\.ts$/))
    .filter((file) => !used.has(file));
  assert.deepEqual(unused, []);
});

Deno.test("the plain path loads neither Node.js compatibility nor npm packages", () => {
  const loaded = [...staticClosure("main.ts")];
  assert.ok(loaded.includes("lib/verify/verify.ts"));
  assert.deepEqual(
    loaded.filter((file) => !/^(main|lib\/.*)\.ts$/.test(file)),
    [],
  );
});

Deno.test("the plain path loads nothing that only some runs need", () => {
  const loaded = staticClosure("main.ts");
  for (
    const part of [
      "lib/association/dump.ts",
      "lib/cli/help.ts",
      "lib/cli/log-config.ts",
      "lib/cli/tls-settings.ts",
      "lib/dictionary/load.ts",
      "lib/dimse/dump.ts",
      "lib/log/configured.ts",
      "lib/log/deno-machine.ts",
      "lib/pdu/dump.ts",
      "lib/report/detail.ts",
      "lib/report/progress.ts",
      "lib/scp/server.ts",
    ]
  ) assert.ok(!loaded.has(part), part);
  const others =
    /^lib\/(tls|x509|result|diagnosis|latency|format|peers|probe|listen)\//;
  assert.deepEqual([...loaded].filter((file) => others.test(file)), []);
});

Deno.test("what the plain path loads on demand is not read at each start", () => {
  const loaded = staticClosure("main.ts");
  const named = NAMED.filter(({ from, to, kind }) =>
    kind === "dynamic" && loaded.has(from) && !to.startsWith("node:")
  );
  assert.deepEqual(named, []);
});

Deno.test("what is loaded without a name has the type of that file", async () => {
  const typed = /: typeof import\("([^"]+)"\)[^=;]*=[^;]*\bresolve\(\s*"\1"/g;
  for (const file of await filesUnder("lib/", /\.ts$/)) {
    const text = await Deno.readTextFile(new URL(file, ROOT));
    const edges = await unnamedEdges(file);
    assert.equal(edges.length, [...text.matchAll(typed)].length, file);
  }
});

Deno.test("listening without TLS loads nothing of TLS", () => {
  const loaded = [...staticClosure("lib/app/listen.ts")];
  assert.ok(loaded.includes("lib/listen/listen.ts"));
  assert.deepEqual(
    loaded.filter((file) => /^lib\/(tls|x509)\//.test(file)),
    [],
  );
});

Deno.test("no file of lib is longer than 300 lines", async () => {
  for (const file of await filesUnder("lib/", /\.ts$/)) {
    const text = await Deno.readTextFile(new URL(file, ROOT));
    const lines = text.split("\n").length - 1;
    assert.ok(lines <= 300, `${file}: ${lines} lines`);
  }
});

Deno.test("nothing comes from JSR", async () => {
  // In two pieces, for this file is looked at as well.
  const scheme = "js" + "r:";
  for (const file of await filesUnder("", /\.(ts|json|jsonc|lock)$/)) {
    const text = await Deno.readTextFile(new URL(file, ROOT));
    assert.ok(!text.includes(scheme), file);
  }
});
