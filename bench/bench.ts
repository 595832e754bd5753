/**
 * Times whole processes beside the reference, in turn, against one peer with
 * Nagle's algorithm off, and prints medians and ratios.
 *
 *     deno task bench [RUNS]
 */

const REFERENCE = "/usr/bin/echoscu";
const PERMISSIONS = ["--allow-net", "--allow-read", "--allow-env=DCMDICTPATH"];
const MAIN = new URL("../main.ts", import.meta.url).pathname;

interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const TUNED: Subject = {
  name: "reference, TCP_NODELAY=1",
  command: REFERENCE,
  args: [],
  env: { TCP_NODELAY: "1" },
};
const folder = await Deno.makeTempDir({ prefix: "echoscu-bench-" });

const SUBJECTS: readonly Subject[] = [
  TUNED,
  { name: "reference, as packaged", command: REFERENCE, args: [] },
  {
    name: "ours, from source",
    command: Deno.execPath(),
    args: ["run", ...PERMISSIONS, MAIN],
  },
  {
    name: "ours, as one bundled script",
    command: Deno.execPath(),
    args: ["run", ...PERMISSIONS, `${folder}/echoscu.js`],
  },
];

interface Scenario {
  readonly name: string;
  readonly args: readonly string[];
  readonly runs: number;
  /** Too slow to wait for: some 40 ms for each echo. */
  readonly without: readonly string[];
}

const runs = Number(Deno.args[0] ?? "30");
if (!(runs >= 1)) {
  console.error("usage: deno task bench [RUNS]");
  Deno.exit(1);
}
const SCENARIOS: readonly Scenario[] = [
  { name: "one verification", args: [], runs, without: [] },
  {
    name: "--repeat 1000",
    args: ["--repeat", "1000"],
    runs: Math.max(3, Math.floor(runs / 5)),
    without: ["reference, as packaged"],
  },
];

async function bundle(output: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--minify", "--output", output, MAIN],
    stdout: "null",
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Milliseconds of one whole run. */
async function time(
  subject: Subject,
  args: readonly string[],
): Promise<number> {
  const command = new Deno.Command(subject.command, {
    args: [...subject.args, ...args],
    ...(subject.env === undefined ? {} : { env: { ...subject.env } }),
    stdout: "null",
    stderr: "null",
  });
  const start = performance.now();
  const { code } = await command.output();
  const elapsed = performance.now() - start;
  if (code !== 0) throw new Error(`${subject.name}: exit code ${code}`);
  return elapsed;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function compare(scenario: Scenario, port: string): Promise<void> {
  const subjects = SUBJECTS.filter(({ name }) =>
    !scenario.without.includes(name)
  );
  const times = new Map<string, number[]>(subjects.map((s) => [s.name, []]));
  for (let run = -1; run < scenario.runs; run++) {
    for (const subject of subjects) {
      const elapsed = await time(subject, [
        ...scenario.args,
        "127.0.0.1",
        port,
      ]);
      if (run >= 0) times.get(subject.name)?.push(elapsed);
    }
  }
  console.log(`\n${scenario.name}, ${scenario.runs} runs`);
  const tuned = times.get(TUNED.name) ?? [];
  for (const [name, values] of times) {
    const ratio = median(
      values.map((value, index) => value / (tuned[index] ?? NaN)),
    );
    console.log(
      `  ${name.padEnd(29)}${median(values).toFixed(1).padStart(8)} ms` +
        `${ratio.toFixed(2).padStart(8)}`,
    );
  }
}

function freePort(): string {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return String(port);
}

async function untilListening(port: string): Promise<void> {
  for (;;) {
    try {
      (await Deno.connect({ hostname: "127.0.0.1", port: Number(port) }))
        .close();
      return;
    } catch (error) {
      if (!(error instanceof Deno.errors.ConnectionRefused)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The peer; undefined: there is none on this machine. */
function startPeer(port: string): Deno.ChildProcess | undefined {
  try {
    return new Deno.Command("/usr/bin/storescp", {
      args: ["--ignore", port],
      env: { TCP_NODELAY: "1" },
      stdout: "null",
      stderr: "null",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

const port = freePort();
const peer = startPeer(port);
try {
  if (peer === undefined) throw new Error("no storescp: install dcmtk");
  await bundle(`${folder}/echoscu.js`);
  await untilListening(port);
  console.log(
    "Median ms of a whole process; then the median of the ratios, run by run,",
  );
  console.log("to the reference with TCP_NODELAY=1.");
  for (const scenario of SCENARIOS) await compare(scenario, port);
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  Deno.exitCode = 1;
} finally {
  peer?.kill();
  await peer?.status;
  await Deno.remove(folder, { recursive: true });
}
