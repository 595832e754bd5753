/** The examples that come with the programs, as they are. */

import type { LogCase } from "../log-case.ts";
import { LOCAL_TIME, type LogMask } from "../log-masks.ts";

const PROJECT = `${import.meta.dirname}/../../..`;

const TIME_OF_DAY: LogMask = {
  why: "the programs run at different times",
  finds: /^\d\d:\d\d:\d\d/gm,
  becomes: "<time>",
};

function example(name: string, path: string, more: Partial<LogCase>): LogCase {
  return {
    name,
    config: Deno.readFileSync(path),
    masks: [LOCAL_TIME, TIME_OF_DAY],
    ...more,
  };
}

export const EXAMPLES: readonly LogCase[] = [
  ["DCMTK's logger.cfg", "/etc/dcmtk/logger.cfg"],
  ["our logger.cfg", `${PROJECT}/logger.cfg`],
].flatMap(([name = "", path = ""]) => [
  example(`${name}, storescp`, path, {}),
  example(`${name}, nobody there`, path, { peer: "nobody" }),
  example(`${name}, two runs`, path, { times: 2 }),
]);
