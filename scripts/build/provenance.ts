/** What a build is made from. */

import { RELEASE_DATE } from "../../lib/base/product.ts";
import { attempt, BuildError } from "./run.ts";

export interface Provenance {
  /** Twelve digits, "-modified" where files differ from it, or "unknown". */
  readonly commit: string;
  /** All dates in what is built: seconds since 1970. */
  readonly seconds: number;
}

/**
 * The commit of the checkout in `root`. `SOURCE_DATE_EPOCH` is the date; else
 * the commit's is; else the release's.
 *
 * @throws {BuildError} for a `SOURCE_DATE_EPOCH` that is no number.
 */
export async function provenanceOf(
  root: string,
  epoch: string | undefined,
): Promise<Provenance> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const { success, stdout } = await attempt("git", args, { cwd: root });
    return success ? stdout.trim() : undefined;
  };
  // In another project's checkout the commit is not ours.
  const own = await git("rev-parse", "--show-prefix") === "";
  const head = own ? await git("rev-parse", "--short=12", "HEAD") : undefined;
  const changes = await git("status", "--porcelain", "--untracked-files=no");
  const date = head === undefined
    ? Date.parse(`${RELEASE_DATE}T00:00:00Z`) / 1000
    : Number(await git("show", "--no-patch", "--format=%ct", "HEAD"));
  return {
    commit: head === undefined
      ? "unknown"
      : changes === ""
      ? head
      : `${head}-modified`,
    seconds: epoch === undefined ? date : secondsOf(epoch),
  };
}

function secondsOf(epoch: string): number {
  if (!/^\d{1,12}$/.test(epoch)) {
    throw new BuildError("SOURCE_DATE_EPOCH is not a number of seconds");
  }
  return Number(epoch);
}

/** "2026-11-24T00:00:00Z". */
export function isoTime({ seconds }: Provenance): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

/** "2026-11-24". */
export function isoDate(provenance: Provenance): string {
  return isoTime(provenance).slice(0, 10);
}
