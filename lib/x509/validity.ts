/** How long a certificate is still valid. Pure. */

import type { Certificate } from "./types.ts";

const DAY = 86_400_000;

/** Whole days until it expires; negative: it has. */
export function daysLeft({ notAfter }: Certificate, now: Date): number {
  return Math.floor((notAfter.getTime() - now.getTime()) / DAY);
}
