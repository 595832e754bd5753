/**
 * Prints a table of whole processes beside the reference; see README.md.
 *
 *     deno task bench [--write]
 *
 * `--write` puts it into RESULTS.md.
 */

import {
  inTurn,
  lowerQuartile,
  peakMemory,
  printed,
  processor,
} from "./measure.ts";
import { type Peer, startEchoServer, startStorescp } from "./peers.ts";
import { ECHOES, type Row, rows } from "./subjects.ts";

const RESULTS = new URL("RESULTS.md", import.meta.url);

type Ports = Readonly<Record<Row["peer"], Peer | undefined>>;

function argumentsOf(row: Row, echoes: number, ports: Ports): string[] {
  const peer = ports[row.peer];
  if (peer === undefined) return [];
  return [...row.count(echoes), "127.0.0.1", peer.port];
}

/** Milliseconds for one echo and for all of a series, the latter scaled up. */
async function measure(
  table: readonly Row[],
  ports: Ports,
): Promise<{ readonly once: number[]; readonly series: number[] }> {
  const once = await inTurn(table.map((row) => ({
    subject: row.subject,
    args: argumentsOf(row, 1, ports),
    runs: row.onceRuns,
  })));
  const series = await inTurn(table.map((row) => ({
    subject: row.subject,
    args: argumentsOf(row, row.echoes || 1, ports),
    runs: row.echoes === 0 ? 0 : row.seriesRuns,
  })));
  return {
    once: once.map(lowerQuartile),
    series: series.map((times, index) =>
      lowerQuartile(times) * ECHOES / (table[index]?.echoes ?? 1)
    ),
  };
}

function figure(value: number | undefined, digits: number): string {
  return value === undefined || !Number.isFinite(value)
    ? "–"
    : value.toFixed(digits);
}

function tableText(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0))
  );
  const text = lines.map((line) =>
    `| ${
      line.map((cell, column) =>
        column === 0
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0)
      ).join(" | ")
    } |`
  );
  const rule = widths.map((width, column) =>
    column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`
  );
  text.splice(1, 0, `| ${rule.join(" | ")} |`);
  return text.join("\n");
}

async function machine(): Promise<string> {
  const [reference = ""] = (await printed("/usr/bin/echoscu", "--version"))
    ?.split("\n") ?? [];
  const { deno, v8 } = Deno.version;
  return [
    `- ${Deno.build.os} ${Deno.osRelease()}, ${Deno.build.arch},` +
    ` ${navigator.hardwareConcurrency} processors: ${await processor()}`,
    `- load when it began: ${Deno.loadavg()[0]?.toFixed(1)}`,
    `- Deno ${deno}, V8 ${v8}`,
    `- ${reference.replaceAll("$", "").trim()}`,
    `- ${new Date().toISOString().slice(0, 10)}`,
  ].join("\n");
}

const folder = await Deno.makeTempDir({ prefix: "echoscu-bench-" });
try {
  const begin = performance.now();
  const facts = await machine();
  await using storescp = await startStorescp();
  await using server = await startEchoServer();
  const ports = { storescp, "echo server": server, none: undefined };
  const table = await rows(folder);
  const { once, series } = await measure(table, ports);
  const lines = [[
    "program",
    "once, ms",
    "ratio",
    `${ECHOES} echoes, s`,
    "ratio",
    "memory, MiB",
    "size, kB",
  ]];
  for (const [index, row] of table.entries()) {
    const one = once[index] ?? NaN;
    const all = series[index] ?? NaN;
    const memory = row.onceRuns === 0
      ? undefined
      : await peakMemory(row.subject, argumentsOf(row, 1, ports));
    const scaled = row.echoes > 0 && row.echoes < ECHOES ? "*" : "";
    lines.push([
      row.subject.name,
      figure(one, 1),
      figure(one / (once[0] ?? NaN), 2),
      figure(all / 1000, 2) + scaled,
      figure(all / (series[0] ?? NaN), 2),
      figure(memory, 0),
      figure(row.size === undefined ? undefined : row.size / 1000, 0),
    ]);
  }
  const text = `${tableText(lines)}\n\n\\* fewer echoes, scaled up\n\n${facts}`;
  console.log(text);
  console.log(`- took ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  if (Deno.args.includes("--write")) {
    await Deno.writeTextFile(
      RESULTS,
      `# Results\n\nMade by \`deno task bench --write\`; README.md tells how to` +
        ` read it.\n\n${text}\n`,
    );
  }
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  Deno.exitCode = 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}
