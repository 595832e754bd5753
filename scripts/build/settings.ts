/** The command line of the build. Pure. */

import { BuildError } from "./run.ts";
import { type Target, targetByName, TARGETS } from "./targets.ts";

export interface BuildSettings {
  readonly targets: readonly Target[];
  readonly deno: string;
  /** Where all of it goes. */
  readonly folder: string;
  readonly codeCache: boolean;
}

/** What holds without options. */
export interface Surroundings {
  /** The project's folder, with a slash at its end. */
  readonly root: string;
  readonly deno: string;
  /** This system, as a triple. */
  readonly target: string;
}

/** @throws {BuildError} */
export function buildSettings(
  args: readonly string[],
  { root, deno, target }: Surroundings,
): BuildSettings {
  const named: Target[] = [];
  let settings = { deno, folder: `${root}dist`, codeCache: false };
  let release = false;
  const rest = [...args];
  const value = (option: string): string => {
    const next = rest.shift();
    if (next === undefined) throw new BuildError(`${option} needs a value`);
    return next;
  };
  for (let option = rest.shift(); option !== undefined; option = rest.shift()) {
    switch (option) {
      case "--release":
        release = true;
        break;
      case "--target":
        named.push(known(value(option)));
        break;
      case "--deno":
        settings = { ...settings, deno: value(option) };
        break;
      case "--output":
        settings = { ...settings, folder: value(option) };
        break;
      case "--code-cache":
        settings = { ...settings, codeCache: true };
        break;
      default:
        throw new BuildError(`unknown option ${option}`);
    }
  }
  const targets = named.length > 0
    ? named
    : release
    ? TARGETS
    : [known(target)];
  return { ...settings, targets };
}

function known(name: string): Target {
  const target = targetByName(name);
  if (target === undefined) {
    throw new BuildError(`there are no binaries for ${name}`);
  }
  return target;
}
