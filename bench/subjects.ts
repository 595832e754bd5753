/** What is compared. */

import { NAME, VERSION } from "../lib/base/product.ts";
import { bundle, MAIN_SCRIPT } from "../scripts/build/bundle.ts";
import { V8_FLAGS } from "../scripts/build/executable.ts";
import { PERMISSIONS } from "../scripts/build/permissions.ts";
import { fileName, targetByName } from "../scripts/build/targets.ts";
import { printed, sizeOf, type Subject } from "./measure.ts";

const ROOT = new URL("../", import.meta.url).pathname;
const REFERENCE = "/usr/bin/echoscu";

/** Rows of the table; numbers of runs and echoes suit how slow each is. */
export interface Row {
  readonly subject: Subject;
  /** Of a whole process with one echo; 0: it has none. */
  readonly onceRuns: number;
  /** In the long series; the time is scaled up to that of all; 0: none. */
  readonly echoes: number;
  readonly seriesRuns: number;
  /** Arguments for so many echoes before host and port. */
  readonly count: (echoes: number) => readonly string[];
  readonly peer: "storescp" | "echo server" | "none";
  /** In bytes; undefined: it means nothing. */
  readonly size: number | undefined;
}

export const ECHOES = 10_000;

const repeat = (echoes: number): readonly string[] =>
  echoes === 1 ? [] : ["--repeat", String(echoes)];
const plainCount = (echoes: number): readonly string[] => [String(echoes)];

function deno(name: string, ...args: readonly string[]): Subject {
  return {
    name,
    command: Deno.execPath(),
    args: ["run", "--no-prompt", "--no-check", ...args],
  };
}

/** Scripts as `deno install` of docs/install.md starts them. */
export function bundled(name: string, script: string): Subject {
  const flags = `--v8-flags=${V8_FLAGS.join(",")}`;
  return deno(name, "--no-config", "--no-lock", flags, ...PERMISSIONS, script);
}

function program(name: string, file: string, ...more: string[]): Subject {
  const script = `${ROOT}bench/programs/${file}.ts`;
  return deno(name, ...more, ...PERMISSIONS, script);
}

/** The reference with the libraries of DCMTK that it loads. */
async function referenceSize(): Promise<number> {
  const libraries = await printed("ldd", REFERENCE) ?? "";
  const own = Array.from(
    libraries.matchAll(/=> (\S*\/lib(?:dcm|of|oflog)\S*)/g),
    ([, path = ""]) => path,
  );
  return await sizeOf(REFERENCE, ...own);
}

/** The executable in dist/, if it is of this version; see `deno task compile`. */
async function compiled(): Promise<Row | undefined> {
  const target = targetByName(Deno.build.target);
  if (target === undefined) return undefined;
  const command = `${ROOT}dist/${fileName(NAME, VERSION, target)}`;
  const version = await printed(command, "--version");
  if (version === undefined) return undefined;
  const runtime = /Runtime: (Deno \S+?),/.exec(version)?.[1] ?? "?";
  return {
    ...ours({ name: `ours, compiled (${runtime})`, command, args: [] }),
    size: await sizeOf(command),
  };
}

function ours(subject: Subject): Row {
  return {
    subject,
    onceRuns: 30,
    echoes: ECHOES,
    seriesRuns: 5,
    count: repeat,
    peer: "storescp",
    size: undefined,
  };
}

function floor(name: string, file: string, peer: Row["peer"]): Row {
  const subject = program(name, file, "--no-config", "--no-lock");
  return { ...ours(subject), count: plainCount, peer };
}

/**
 * Bundles the program into a folder.
 *
 * @returns its rows, the tuned reference first: ratios are to that.
 */
export async function rows(folder: string): Promise<readonly Row[]> {
  const { scripts } = await bundle(ROOT, "unknown");
  const plain = `${folder}/plain`;
  await Deno.mkdir(plain);
  for (const [name, code] of scripts) {
    await Deno.writeTextFile(`${folder}/${name}`, code);
    if (name !== MAIN_SCRIPT) continue;
    await Deno.writeTextFile(`${plain}/${name}`, code);
  }
  const size = await referenceSize();
  const reference = { name: "reference", command: REFERENCE, args: [] };
  const binary = await compiled();
  return [
    {
      ...ours({
        ...reference,
        name: "reference, TCP_NODELAY=1",
        env: { TCP_NODELAY: "1" },
      }),
      size,
    },
    {
      ...ours({ ...reference, name: "reference, as packaged" }),
      echoes: 50,
      seriesRuns: 1,
      onceRuns: 10,
      size,
    },
    {
      ...ours(program("dcmjs-dimse 0.3.3", "dcmjs-echo")),
      count: plainCount,
      onceRuns: 4,
      echoes: 1000,
      seriesRuns: 2,
    },
    {
      ...ours(deno("ours, from source", ...PERMISSIONS, `${ROOT}main.ts`)),
      size: await sizeOf(`${ROOT}main.ts`, `${ROOT}lib`),
    },
    {
      ...ours(bundled("ours, bundled", `${folder}/${MAIN_SCRIPT}`)),
      size: [...scripts.values()].join("").length,
    },
    {
      ...ours(
        bundled("ours, bundled, nothing else there", `${plain}/${MAIN_SCRIPT}`),
      ),
      size: await sizeOf(plain),
    },
    ...(binary === undefined ? [] : [binary]),
    floor("floor: bare C-ECHO in one script", "bare-echo", "storescp"),
    {
      ...floor("floor: bare round trips", "ping-pong", "echo server"),
      onceRuns: 0,
    },
    { ...floor("floor: empty script", "empty", "none"), echoes: 0 },
  ];
}
