/** Our verdicts on chains beside those of `openssl verify`. */

import assert from "node:assert/strict";
import { chainCondition } from "../../lib/x509/problem.ts";
import type { ChainCase } from "../x509/chain-case.ts";
import { CHAINS } from "../x509/chains.ts";
import { CONSTRAINT_CHAINS } from "../x509/constraint-chains.ts";
import { STRICT_CHAINS } from "../x509/strict-chains.ts";
import { pemOf, verdictOn } from "../x509/verdict.ts";

/** OpenSSL's number of the first error; 0: trusted, NaN: it cannot read it. */
async function opensslOn(chain: ChainCase): Promise<number> {
  const folder = await Deno.makeTempDir();
  try {
    const file = async (name: string, text: string): Promise<string> => {
      await Deno.writeTextFile(`${folder}/${name}`, text);
      return `${folder}/${name}`;
    };
    const [leaf, ...others] = chain.presented;
    const args = ["verify", "-no-CApath", "-no-CAstore"];
    if (chain.anchors.length === 0) args.push("-no-CAfile");
    else args.push("-CAfile", await file("anchors", pemOf(chain.anchors)));
    if (others.length > 0) {
      args.push("-untrusted", await file("others", pemOf(others)));
    }
    if (chain.crls !== undefined) {
      args.push("-CRLfile", await file("crls", pemOf(chain.crls)));
    }
    if (chain.revocation !== undefined) args.push("-crl_check");
    if (chain.revocation === "chain") args.push("-crl_check_all");
    if (chain.purpose === undefined) args.push("-purpose", "sslserver");
    if (chain.hostname !== undefined) {
      args.push("-verify_hostname", chain.hostname);
    }
    args.push("-auth_level", String(chain.securityLevel ?? 0));
    args.push(await file("leaf", leaf?.pem ?? ""));
    const { code, stdout, stderr } = await new Deno.Command("openssl", { args })
      .output();
    const decoder = new TextDecoder();
    const text = decoder.decode(stdout) + decoder.decode(stderr);
    const error = /error (\d+) at/.exec(text)?.[1];
    if (/unable to load|Could not read/i.test(text)) return NaN;
    assert.equal(error === undefined, code === 0, text);
    return Number(error ?? 0);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const chain of [...CHAINS, ...CONSTRAINT_CHAINS, ...STRICT_CHAINS]) {
  Deno.test(`OpenSSL agrees: ${chain.name}`, async () => {
    const { problem } = await verdictOn(chain);
    const ours = problem === undefined
      ? 0
      : parseInt(chainCondition(problem, new Date()).code.slice(5), 16) - 0x400;
    const theirs = await opensslOn(chain);
    if (chain.expected === "unreadable") assert.notEqual(theirs, 0);
    else if (chain.openssl === undefined) assert.equal(ours, theirs);
    else assert.equal(theirs, chain.openssl);
  });
}
