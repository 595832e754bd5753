/** Metrics served over HTTP while something else is done. */

import type { ListenAddress } from "../cli/command.ts";
import { app, type Log } from "../log/log.ts";
import { EXIT_CODE } from "../report/exit-code.ts";

/**
 * @param address undefined: nothing is served.
 * @param render what is served, as of now.
 */
export async function metricsWhile(
  address: ListenAddress | undefined,
  render: () => string,
  log: Log,
  work: () => Promise<number>,
): Promise<number> {
  if (address === undefined) return await work();
  const { serveMetrics } = await import("../listen/metrics.ts");
  const server = serveMetrics(address, render);
  if (typeof server === "string") {
    log.write(app("fatal", server));
    return EXIT_CODE.failed;
  }
  log.write(app("info", `Serving metrics on ${server.url}`));
  await using _ = server;
  return await work();
}
