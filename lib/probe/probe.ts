/** Which services a peer would accept, found out by negotiation alone. */

import {
  isAccepted,
  type NegotiatedContext,
  requestFor,
} from "../association/negotiation.ts";
import { REJECT_REASON, REJECT_SOURCE } from "../pdu/reasons.ts";
import type { AssociateReject } from "../pdu/types.ts";
import type { Failure } from "../verify/outcome.ts";
import type { VerificationHost } from "../verify/run.ts";
import type { VerificationSettings } from "../verify/settings.ts";
import { type Answer, type Attempt, attempt } from "./attempt.ts";
import { type Family, syntaxesOf } from "./families.ts";
import {
  batches,
  contextsFor,
  halves,
  MOST_CONTEXTS,
  type Question,
  questions,
} from "./plan.ts";
import { type Service, SERVICES } from "./services.ts";
import type {
  ContextAnswer,
  PeerIdentity,
  ProbeResult,
  ServiceAnswer,
} from "./types.ts";

/** What is to be asked; all have defaults. */
export interface ProbeOptions {
  /** Default: {@linkcode SERVICES}. */
  readonly services?: readonly Service[];
  /** Contexts of one association at most, 2 to 128. Default: 128. */
  readonly mostContexts?: number;
}

/**
 * No peer is asked for more associations than this, whatever it does. Without
 * trouble there are four.
 */
export const MOST_ASSOCIATIONS = 64;

/**
 * Negotiates one association after another until all is asked, and releases
 * each; no data is ever sent. A peer that aborts, closes or rejects without a
 * reason is asked for less at a time, if it takes an association for
 * Verification. Any other failure ends it, with what is known by then.
 *
 * Whatever a peer or the network does becomes part of the result; what is
 * thrown is as with `verify`. `settings.repeat`, the counts of contexts and
 * transfer syntaxes and the way of ending are not looked at.
 */
export async function probePeer(
  settings: VerificationSettings,
  host: VerificationHost,
  options: ProbeOptions = {},
): Promise<ProbeResult> {
  const begin = host.now();
  const { services = SERVICES, mostContexts = MOST_CONTEXTS } = options;
  const probe = new Probe(settings, host);
  const failure = await probe.askAll(
    batches(questions(services), mostContexts),
  );
  const first = probe.attempts.find(({ answer }) => answer !== undefined)
    ?.answer;
  return {
    outcome: {
      failure,
      stages: probe.attempts.flatMap(({ stages }) => stages),
      negotiated: first?.negotiated,
      echoes: { sent: 0, succeeded: 0 },
    },
    identity: first && identityOf(first),
    services: services.map((service) => probe.answerFor(service)),
    associations: probe.attempts.map((one) => ({
      contexts: one.request.presentationContexts.length,
      accepted: one.answer?.negotiated.contexts
        .filter(isAccepted).length,
      duration: one.duration,
      failure: one.failure,
    })),
    duration: host.now() - begin,
  };
}

class Probe {
  readonly #settings: VerificationSettings;
  readonly #host: VerificationHost;
  readonly #answers = new Map<string, NegotiatedContext>();
  readonly #notEndured = new Set<string>();
  readonly attempts: Attempt[] = [];

  constructor(settings: VerificationSettings, host: VerificationHost) {
    this.#settings = settings;
    this.#host = host;
  }

  /** @returns why not all could be asked, or did not end in order. */
  async askAll(
    waiting: (readonly Question[])[],
  ): Promise<Failure | undefined> {
    let unreleased: Failure | undefined;
    let last: Failure | undefined;
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      if (this.attempts.length >= MOST_ASSOCIATIONS) return last;
      const { answer, failure } = await this.#ask(batch);
      last = failure ?? last;
      if (answer !== undefined) {
        // One that was of use, but not released, spoils nothing else.
        unreleased ??= failure;
        if (failure?.cause.kind === "interrupted") return failure;
        continue;
      }
      if (failure === undefined || !mayBeTooMuch(failure)) return failure;
      if (!this.#associated) {
        const least = await this.#ask([]);
        if (least.answer === undefined) return least.failure;
      }
      const parts = halves(batch);
      if (parts !== undefined) waiting.unshift(...parts);
      else for (const one of batch) this.#notEndured.add(keyOf(one));
    }
    return unreleased;
  }

  get #associated(): boolean {
    return this.attempts.some(({ answer }) => answer !== undefined);
  }

  async #ask(batch: readonly Question[]): Promise<Attempt> {
    const settings = this.#settings;
    const maximumLength = settings.maximumLength - settings.maximumLength % 2;
    const contexts = contextsFor(batch);
    const request = requestFor({ ...settings, maximumLength }, contexts);
    const tried = await attempt(settings, this.#host, request, maximumLength);
    this.attempts.push(tried);
    const results = tried.answer?.negotiated.contexts ?? [];
    const skipped = contexts.length - batch.length;
    batch.forEach((question, index) => {
      const context = results[index + skipped];
      if (context !== undefined) this.#answers.set(keyOf(question), context);
    });
    return tried;
  }

  answerFor(service: Service): ServiceAnswer {
    const answers = service.families.map((family) => {
      const key = keyOf({ service, family });
      const context = this.#answers.get(key);
      return this.#notEndured.has(key)
        ? answerOf(family, context, "not-endured")
        : answerOf(family, context);
    });
    const accepted = answers.some(({ verdict }) => verdict === "accepted");
    return { service, accepted, answers };
  }
}

/** Of a peer that nothing could be sent to. */
export function unasked(failure: Failure): ProbeResult {
  return {
    outcome: {
      failure,
      stages: [],
      negotiated: undefined,
      echoes: { sent: 0, succeeded: 0 },
    },
    identity: undefined,
    services: SERVICES.map((service) => ({
      service,
      accepted: false,
      answers: service.families.map((family) => answerOf(family, undefined)),
    })),
    associations: [],
    duration: 0,
  };
}

function answerOf(
  family: Family,
  context: NegotiatedContext | undefined,
  verdict = verdictOf(context),
): ContextAnswer {
  return {
    family,
    proposed: syntaxesOf(family),
    verdict,
    result: context?.result,
    transferSyntax: verdict === "accepted"
      ? context?.transferSyntax
      : undefined,
  };
}

function keyOf({ service, family }: Question): string {
  return `${service.uid} ${family}`;
}

function verdictOf(
  context: NegotiatedContext | undefined,
): ContextAnswer["verdict"] {
  if (context === undefined) return "not-asked";
  if (context.result === undefined) return "unanswered";
  return isAccepted(context) ? "accepted" : "refused";
}

/** Whether less in one request may do better. */
function mayBeTooMuch({ stage, cause }: Failure): boolean {
  if (stage !== "association") return false;
  switch (cause.kind) {
    case "abort":
    case "closed":
    case "violation":
      return true;
    case "rejected":
      return isVague(cause.pdu);
    default:
      return false;
  }
}

/** Not about titles, versions, or a peer that is busy (PS3.8 Table 9-21). */
function isVague({ source, reason }: AssociateReject): boolean {
  switch (source) {
    case REJECT_SOURCE.serviceUser:
      return reason === REJECT_REASON.serviceUser.noReasonGiven;
    case REJECT_SOURCE.serviceProviderAcse:
      return reason === REJECT_REASON.serviceProviderAcse.noReasonGiven;
    default:
      return reason ===
        REJECT_REASON.serviceProviderPresentation.localLimitExceeded;
  }
}

const SHOWN_BY_NAME: ReadonlySet<string> = new Set([
  "maximum-length",
  "implementation-class-uid",
  "implementation-version-name",
]);

function identityOf({ accept, negotiated }: Answer): PeerIdentity {
  const { userInformation, calledAeTitle, callingAeTitle } = accept;
  return {
    implementationClassUid: negotiated.peerImplementationClassUid,
    implementationVersionName: negotiated.peerImplementationVersionName,
    maximumLength: negotiated.peerMaximumLength,
    calledAeTitle,
    callingAeTitle,
    otherItems: userInformation.filter(({ item }) => !SHOWN_BY_NAME.has(item)),
  };
}
