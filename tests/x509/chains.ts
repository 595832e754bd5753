/** Chains with their verdict: sound, wrong in one way each, and hostile. */

import type { ChainCase } from "./chain-case.ts";
import { NAME_CHAINS } from "./name-chains.ts";
import { PATH_CHAINS } from "./path-chains.ts";
import { REVOCATION_CHAINS } from "./revocation-chains.ts";
import { USAGE_CHAINS } from "./usage-chains.ts";

export const CHAINS: readonly ChainCase[] = [
  ...PATH_CHAINS,
  ...USAGE_CHAINS,
  ...NAME_CHAINS,
  ...REVOCATION_CHAINS,
];
