/**
 * Rows of the table of options that the reference does not have: what operators
 * ask for beyond one drop-in call. All have long names only.
 */

const DIAGNOSIS = { section: "diagnosis" } as const;
const RESULTS = { section: "results" } as const;
const SERIES = { section: "series" } as const;
const MANY = { section: "many" } as const;
const JOBS = { section: "jobs" } as const;
const OUTPUT = { ...RESULTS, needs: [["--format"]] } as const;

/** Options of which not even one goes with another. */
function each<Name extends string>(
  ...names: readonly Name[]
): readonly (readonly [Name])[] {
  return names.map((name) => [name]);
}

/** They judge a verification, or make more than one of it. */
const OF_A_VERIFICATION = each(
  "--explain",
  "--retry",
  "--warning",
  "--critical",
  "--cert-warning",
  "--cert-critical",
  "--repeat",
  "--interval",
  "--reconnect",
  "--abort",
  "--propose-ts",
  "--propose-pc",
);

/** They are about the side that calls. */
const OF_A_CALLER = each(
  "--call",
  "--timeout",
  "--request-sni",
  "--verify-hostname",
);

export const OPERATOR_DEFAULTS = { concurrency: 32, retryDelay: 1 } as const;

/** For {@linkcode OPTIONS}. */
export const OPERATOR_TABLE = [
  { ...DIAGNOSIS, long: "--explain" },
  { ...DIAGNOSIS, long: "--deadline", values: ["SECONDS"] },
  {
    ...DIAGNOSIS,
    long: "--retry",
    values: ["N"],
    range: { reading: "unsigned", min: 0, max: 1000 },
  },
  {
    ...DIAGNOSIS,
    long: "--retry-delay",
    values: ["SECONDS"],
    needs: [["--retry"]],
    default: OPERATOR_DEFAULTS.retryDelay,
  },

  { ...RESULTS, long: "--format", values: ["FORMAT"] },
  { ...OUTPUT, long: "--output", values: ["FILE"] },
  { ...OUTPUT, long: "--warning", values: ["RANGE"] },
  { ...OUTPUT, long: "--critical", values: ["RANGE"] },
  {
    ...OUTPUT,
    long: "--cert-warning",
    values: ["DAYS"],
    range: { reading: "unsigned", min: 0, max: 36500 },
  },
  {
    ...OUTPUT,
    long: "--cert-critical",
    values: ["DAYS"],
    range: { reading: "unsigned", min: 0, max: 36500 },
  },

  { ...SERIES, long: "--interval", values: ["SECONDS"] },
  { ...SERIES, long: "--reconnect" },

  {
    ...MANY,
    long: "--peers",
    values: ["FILE"],
    exclusive: true,
    conflicts: each("--explain"),
  },
  {
    ...MANY,
    long: "--concurrency",
    values: ["N"],
    range: { reading: "unsigned", min: 1, max: 1000 },
    needs: [["--peers"]],
    default: OPERATOR_DEFAULTS.concurrency,
  },

  {
    ...JOBS,
    long: "--probe",
    conflicts: [["--peers", "--listen"], ...OF_A_VERIFICATION],
  },
  {
    ...JOBS,
    long: "--listen",
    values: ["PORT"],
    exclusive: true,
    conflicts: [["--peers"], ...OF_A_VERIFICATION, ...OF_A_CALLER],
  },
  {
    ...JOBS,
    long: "--metrics",
    values: ["PORT"],
    needs: [["--listen", "--peers"]],
  },
] as const;

/** Its sections: who is in none of them is asking for a drop-in call. */
export const OPERATOR_SECTIONS: ReadonlySet<string> = new Set(
  OPERATOR_TABLE.map(({ section }) => section),
);
