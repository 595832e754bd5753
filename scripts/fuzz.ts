/**
 * Throws mutations of good bytes at everything that reads what others wrote.
 * `--seed N` repeats a run, `--seconds N` bounds it (default 60), `--only WORD`
 * takes the targets whose names contain it. Exit code 1: something was found.
 */

import { CODEC } from "./fuzz/codec.ts";
import { clientInMemory, clientOverSockets } from "./fuzz/client.ts";
import { Random } from "./fuzz/random.ts";
import { scpInMemory } from "./fuzz/scp.ts";
import { faultOf, shrink, type Target } from "./fuzz/target.ts";

const TARGETS: readonly Target[] = [
  clientInMemory,
  clientOverSockets,
  scpInMemory,
  ...CODEC,
];

/** Shares of the time; the whole client is what matters most. */
function shareOf(target: Target): number {
  if (target === clientInMemory) return 8;
  return target === scpInMemory ? 4 : 1;
}

/** Between two looks at the clock. */
const BATCH = 50;

/** One is a finding; more of the same are none. */
const MOST_FINDINGS = 3;

function option(name: string, fallback: number): number {
  const at = Deno.args.indexOf(name);
  const value = at < 0 ? fallback : Number(Deno.args[at + 1]);
  if (!Number.isSafeInteger(value) || value < 0) {
    console.error(`${name} needs a number`);
    Deno.exit(2);
  }
  return value;
}

/** How many inputs were tried, and how many showed a fault. */
async function fuzz(
  target: Target,
  seed: number,
  milliseconds: number,
): Promise<{ readonly executions: number; readonly findings: number }> {
  const random = new Random(seed);
  const end = performance.now() + milliseconds;
  let executions = 0;
  let findings = 0;
  while (performance.now() < end && findings < MOST_FINDINGS) {
    // Timers and sockets have their turn, as in a real run.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const batch = Array.from({ length: BATCH }, () => target.make(random));
    const faults = target.parallel === true
      ? await Promise.all(batch.map((input) => faultOf(target, input)))
      : undefined;
    for (const [index, input] of batch.entries()) {
      executions++;
      const fault = faults ? faults[index] : await faultOf(target, input);
      if (fault === undefined) continue;
      findings++;
      console.log(`FOUND in "${target.name}", --seed ${seed}:\n${fault}`);
      // A hang costs its whole watchdog at each try.
      const small = fault.includes("it hangs")
        ? input
        : await shrink(target, input);
      console.log(
        `as small as: ${small.map((one) => one.toHex()).join(" | ")}`,
      );
      if (findings >= MOST_FINDINGS) break;
    }
  }
  return { executions, findings };
}

const seconds = option("--seconds", 60);
const seed = option(
  "--seed",
  crypto.getRandomValues(new Uint32Array(1))[0] ?? 1,
);
const wanted = Deno.args.includes("--only")
  ? Deno.args[Deno.args.indexOf("--only") + 1] ?? ""
  : "";
const targets = TARGETS.filter(({ name }) => name.includes(wanted));
const shares = targets.reduce((sum, target) => sum + shareOf(target), 0);
console.log(`--seed ${seed} --seconds ${seconds}`);
let found = 0;
for (const target of targets) {
  const share = seconds * 1000 * shareOf(target) / shares;
  const { executions, findings } = await fuzz(target, seed, share);
  found += findings;
  const said = findings === 0 ? "nothing found" : `${findings} FOUND`;
  console.log(`${target.name}: ${executions} executions, ${said}`);
}
const { rss } = Deno.memoryUsage();
console.log(`resident memory in the end: ${Math.round(rss / 2 ** 20)} MiB`);
Deno.exit(found === 0 ? 0 : 1);
