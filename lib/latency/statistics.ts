/** What a series of round trips comes to. Pure; any unit. */

export interface LatencySummary {
  readonly count: number;
  readonly sum: number;
  readonly minimum: number;
  readonly mean: number;
  readonly maximum: number;
  /** Of the whole series, not an estimate for a larger one. */
  readonly standardDeviation: number;
  /** The smallest value that a share of all, 0 to 1, does not exceed. */
  readonly quantile: (share: number) => number;
}

/** In the unit of `values`; undefined: there are none. */
export function summarise(
  values: readonly number[],
): LatencySummary | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [minimum] = sorted;
  const maximum = sorted.at(-1);
  if (minimum === undefined || maximum === undefined) return undefined;
  const count = sorted.length;
  const sum = sorted.reduce((total, value) => total + value, 0);
  const mean = sum / count;
  const squares = sorted.reduce((total, x) => total + (x - mean) ** 2, 0);
  return {
    count,
    sum,
    minimum,
    mean,
    maximum,
    standardDeviation: Math.sqrt(squares / count),
    quantile: (share) =>
      sorted[Math.max(0, Math.ceil(share * count) - 1)] ?? maximum,
  };
}

/** What became of the echoes of a series. */
export interface EchoCount {
  readonly sent: number;
  readonly answered: number;
}

/** The share that was not answered, 0 to 1; of no echo at all it is 0. */
export function loss({ sent, answered }: EchoCount): number {
  return sent <= 0 ? 0 : Math.min(1, Math.max(0, (sent - answered) / sent));
}
