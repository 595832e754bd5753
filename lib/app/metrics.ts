/** Metrics served over HTTP while something else is done. */

import type { ListenAddress } from "../cli/command.ts";
import type { Host } from "../host.ts";
import { app, type Log } from "../log/log.ts";
import type { OperatorSettings } from "../result/settings.ts";
import { failedExit } from "./results.ts";

export interface Metrics {
  /** Undefined: nothing is served. */
  readonly address: ListenAddress | undefined;
  /** What is served, as of now. */
  readonly render: () => string;
}

/** @param work told where they are; undefined: nothing is served. */
export async function metricsWhile(
  { address, render }: Metrics,
  operator: OperatorSettings,
  log: Log,
  host: Host,
  work: (url: string | undefined) => Promise<number>,
): Promise<number> {
  if (address === undefined) return await work(undefined);
  const { serveMetrics } = await import("../listen/metrics.ts");
  const server = serveMetrics(address, render);
  if (typeof server === "string") {
    log.write(app("fatal", server));
    return failedExit(operator, server, host);
  }
  log.write(app("info", `Serving metrics on ${server.url}`));
  await using _ = server;
  return await work(server.url);
}
