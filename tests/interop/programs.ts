/** The two programs that are compared, and how ours is started. */

import type { Program } from "../support/run.ts";

/** DCMTK's program, from Debian's package `dcmtk`. */
export const REFERENCE: Program = {
  name: "reference",
  command: "/usr/bin/echoscu",
  leadingArguments: [],
};

const PROJECT = `${import.meta.dirname}/../..`;

function fromSource(): Program {
  return {
    name: "ours",
    command: Deno.execPath(),
    leadingArguments: [
      "run",
      "--allow-net",
      "--allow-read",
      "--allow-env=DCMDICTPATH",
      `${PROJECT}/main.ts`,
    ],
  };
}

/**
 * Ours, from source; or the program that `ECHOSCU_BIN` names, say a compiled
 * one. Naming the reference itself there tests the tests: see SELF_CHECK.
 */
export const OURS: Program = ((): Program => {
  const binary = Deno.env.get("ECHOSCU_BIN");
  return binary === undefined ? fromSource() : {
    name: "ours",
    // The programs run in other directories.
    command: Deno.realPathSync(binary),
    leadingArguments: [],
  };
})();

/** The reference is compared with itself; there can be no deviation. */
export const SELF_CHECK = OURS.command === REFERENCE.command;
