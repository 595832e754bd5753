/** A limit for what others must do. */

export class TooSlow extends Error {}

/**
 * What `start` promises.
 *
 * @param limit in ms; if there are none left, nothing is started.
 * @throws {TooSlow} if it has not settled by then.
 */
export async function inTime<T>(
  start: () => Promise<T>,
  limit: number,
): Promise<T> {
  if (limit <= 0) throw new TooSlow("no answer");
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TooSlow("no answer")), limit);
  try {
    return await Promise.race([start(), late]);
  } finally {
    clearTimeout(timer);
  }
}
