/** How long a caller is waited for. Pure. */

/** In seconds, as options give them; undefined: nothing was said. */
export interface WantedWaits {
  readonly acse: number | undefined;
  readonly dimse: number | undefined;
  /** 0 and less: it bounds nothing. */
  readonly socket: number | undefined;
}

/** In milliseconds; undefined: as the SCP has it. */
export interface Waits {
  /** For the handshake of TLS, and for the request. */
  readonly artimTimeout: number | undefined;
  /** From one message to the next. */
  readonly idleTimeout: number | undefined;
  /** What was wanted is longer than any caller is waited for. */
  readonly shortened: boolean;
}

/** Of the SCP, for a request. */
const USUAL_REQUEST = 10;
/** Of the SCP, for a message. */
const USUAL_MESSAGE = 60;

/**
 * Longest wait, in seconds: a caller that says nothing takes up one of a set
 * number of places.
 */
export const LONGEST_WAIT = 600;

/**
 * The ACSE timeout is for the request, the DIMSE timeout for messages, and no
 * wait is longer than the socket timeout.
 */
export function callerWaits({ acse, dimse, socket }: WantedWaits): Waits {
  const bound = socket === undefined
    ? undefined
    : socket > 0
    ? socket
    : Infinity;
  const request = least(acse, bound, USUAL_REQUEST);
  const message = dimse ?? (bound === undefined ? undefined : Infinity);
  const idle = least(message, bound, USUAL_MESSAGE);
  return {
    artimTimeout: asTimeout(request),
    idleTimeout: asTimeout(idle),
    shortened: [request, idle].some((one) =>
      one !== undefined && one > LONGEST_WAIT
    ),
  };
}

/** Undefined: neither was given. */
function least(
  wanted: number | undefined,
  bound: number | undefined,
  usual: number,
): number | undefined {
  if (wanted === undefined && bound === undefined) return undefined;
  return Math.min(wanted ?? usual, bound ?? Infinity);
}

function asTimeout(seconds: number | undefined): number | undefined {
  return seconds === undefined
    ? undefined
    : 1000 * Math.min(seconds, LONGEST_WAIT);
}
