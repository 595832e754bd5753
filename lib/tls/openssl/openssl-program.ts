/** Whether an `openssl` program is installed, and what it can do. */

import type { Deadline } from "../../net/deadline.ts";
import { escapeControls } from "../../base/text.ts";
import type { Ability } from "../policy/policy.ts";
import type { Programs } from "../programs.ts";
import { SUITES, type TlsVersion } from "../policy/suites.ts";

/** An `openssl` program that can be used. */
export interface OpensslProgram {
  readonly path: string;
  /** "OpenSSL 3.0.19 27 Jan 2026". */
  readonly title: string;
  readonly version: { readonly major: number; readonly minor: number };
  readonly ability: Ability;
}

/** What was found; `reason` is half a sentence for a person. */
export type OpensslSearch =
  | { readonly kind: "found"; readonly program: OpensslProgram }
  | { readonly kind: "missing"; readonly reason: string };

/**
 * Where programs are looked for, in this order. All but the last are paths: for
 * a name that is nowhere, a permission to run it costs the user a line on the
 * screen at every start.
 */
export const OPENSSL_PATHS: readonly string[] = [
  "/usr/bin/openssl",
  "/usr/local/bin/openssl",
  "/opt/homebrew/bin/openssl",
  "openssl",
];

/**
 * No settings of this machine are read, only what is asked for counts: they may
 * forbid old versions, and trust whom nobody has named.
 */
export const OPENSSL_ENVIRONMENT: Readonly<Record<string, string>> = {
  OPENSSL_CONF: "/dev/null",
};

/** The first one that may be run and is OpenSSL 3 or later. */
export async function findOpenssl(
  programs: Programs,
  system: typeof Deno.build.os,
  deadline: Deadline,
): Promise<OpensslSearch> {
  if (system === "windows") {
    // There s_client waits for its input while the peer has something to say.
    return missing("it cannot be used on Windows");
  }
  const reasons: string[] = [];
  let permitted = false;
  for (const path of OPENSSL_PATHS) {
    if (!await programs.mayRun(path)) continue;
    permitted = true;
    const call = { path, environment: OPENSSL_ENVIRONMENT };
    const answer = await programs.output(
      { ...call, args: ["version"] },
      deadline,
    );
    if (answer === undefined) continue;
    const version = opensslVersion(answer.text);
    if (version === undefined) {
      reasons.push(unusable(path, answer.text));
      continue;
    }
    const ask = async (...args: string[]): Promise<string> => {
      const answer = await programs.output({ ...call, args }, deadline);
      return answer?.success ? answer.text : "";
    };
    const title = escapeControls(firstLine(answer.text));
    const ability = await abilityOf(ask);
    return { kind: "found", program: { path, title, version, ability } };
  }
  if (!permitted) return missing("running it is not permitted (--allow-run)");
  return missing(reasons[0] ?? "none is installed");
}

function missing(reason: string): OpensslSearch {
  return { kind: "missing", reason };
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").replace(/ *\(Library: .*/, "")
    .slice(0, 80);
}

function unusable(path: string, answer: string): string {
  const what = escapeControls(firstLine(answer)) || "of no known version";
  return `${path} is ${what}, but OpenSSL 3.0 or later is needed`;
}

/** @param text what `openssl version` says. */
function opensslVersion(
  text: string,
): OpensslProgram["version"] | undefined {
  const [, major, minor] = /^OpenSSL (\d{1,3})\.(\d{1,3})\.\d/.exec(text) ?? [];
  if (major === undefined || Number(major) < 3) return undefined;
  return { major: Number(major), minor: Number(minor) };
}

const EVERY_SUITE = "ALL:eNULL:@SECLEVEL=0";

async function abilityOf(
  ask: (...args: string[]) => Promise<string>,
): Promise<Ability> {
  const tls13Suites = SUITES
    .filter(({ versions }) => versions.includes("TLSv1.3"))
    .map(({ openssl }) => openssl).join(":");
  const [all, ...eachVersion] = await Promise.all([
    ask("ciphers", "-s", "-ciphersuites", tls13Suites, EVERY_SUITE),
    ...VERSION_OPTIONS.map(([, option]) =>
      ask("ciphers", "-s", option, "-ciphersuites", tls13Suites, EVERY_SUITE)
    ),
  ]);
  const names = new Set(all.trim().split(":"));
  return {
    versions: VERSION_OPTIONS.map(([version]) => version)
      .filter((_, index) => eachVersion[index]?.trim()),
    suites: SUITES.filter(({ openssl }) => names.has(openssl))
      .map(({ name }) => name),
  };
}

const VERSION_OPTIONS: readonly (readonly [TlsVersion, string])[] = [
  ["TLSv1", "-tls1"],
  ["TLSv1.1", "-tls1_1"],
  ["TLSv1.2", "-tls1_2"],
  ["TLSv1.3", "-tls1_3"],
];
