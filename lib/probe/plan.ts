/** What is proposed to find out what a peer accepts, and in which portions. */

import { FAMILIES, type Family, syntaxesOf } from "./families.ts";
import type { ProposedService } from "../association/negotiation.ts";
import { IMPLICIT_VR_LITTLE_ENDIAN } from "../base/uids.ts";
import { type Service, VERIFICATION } from "./services.ts";

/** One presentation context that is to be proposed. */
export interface Question {
  readonly service: Service;
  readonly family: Family;
}

/** A presentation context has an odd ID of 1 to 255 (PS3.8 9.3.2.2). */
export const MOST_CONTEXTS = 128;

/**
 * One question a family and service, all without compression first, so that a
 * peer which takes only one association has answered what matters most.
 */
export function questions(services: readonly Service[]): Question[] {
  return FAMILIES.flatMap((family) =>
    services
      .filter(({ families }) => families.includes(family))
      .map((service) => ({ service, family }))
  );
}

/**
 * The contexts of one association. It begins with Verification, unless that is
 * among the questions: a peer that accepts none of the others would reject, and
 * one that aborts would abort, what is an answer too.
 */
export function contextsFor(batch: readonly Question[]): ProposedService[] {
  const own = batch.some(({ service }) => service.uid === VERIFICATION.uid);
  const asked = batch.map(({ service, family }) => ({
    abstractSyntax: service.uid,
    transferSyntaxes: syntaxesOf(family),
  }));
  return own ? asked : [ANCHOR, ...asked];
}

const ANCHOR: ProposedService = {
  abstractSyntax: VERIFICATION.uid,
  transferSyntaxes: [IMPLICIT_VR_LITTLE_ENDIAN],
};

/**
 * As many questions as fit into an association.
 *
 * @param most contexts of an association, 1 to 128
 */
export function batches(
  all: readonly Question[],
  most: number,
): (readonly Question[])[] {
  const size = Math.max(1, Math.min(most, MOST_CONTEXTS) - 1);
  const portions: (readonly Question[])[] = [];
  for (let at = 0; at < all.length; at += size) {
    portions.push(all.slice(at, at + size));
  }
  return portions;
}

/** Two halves; undefined: it cannot be cut any more. */
export function halves(
  batch: readonly Question[],
): readonly [readonly Question[], readonly Question[]] | undefined {
  if (batch.length < 2) return undefined;
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}
