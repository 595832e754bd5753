/** The libraries in Deno's base runtime, as packaging/ lists them. Pure. */

export interface RuntimeComponent {
  readonly name: string;
  /** Undefined: not known. */
  readonly version: string | undefined;
  /** The library that has it inside; undefined: it is a Rust crate. */
  readonly within: string | undefined;
  /** SPDX; undefined: not known. */
  readonly licence: string | undefined;
  /** Names of files in packaging/licences/runtime. */
  readonly texts: readonly string[];
  /** Lines of copyright that belong to the texts. */
  readonly notices: readonly string[];
}

export interface RuntimeComponents {
  /** The version of Deno that they are of. */
  readonly deno: string;
  readonly components: readonly RuntimeComponent[];
}

const VERSION_LINE = /^# deno\t(\S+)$/m;

const list = (text: string, separator: string): readonly string[] =>
  text === "" ? [] : text.split(separator);

/** @throws {SyntaxError} for a table without Deno's version or with a bad row. */
export function componentsIn(table: string): RuntimeComponents {
  const deno = VERSION_LINE.exec(table)?.[1];
  if (deno === undefined) throw new SyntaxError("no version of Deno");
  const rows = table.split("\n")
    .filter((line) => line !== "" && !line.startsWith("# "));
  return { deno, components: rows.map(component) };
}

function component(row: string): RuntimeComponent {
  const [name, version, within, licence, texts, notices, ...rest] = row
    .split("\t");
  if (!name || notices === undefined || rest.length > 0) {
    throw new SyntaxError(`not a row of six columns: ${row}`);
  }
  return {
    name,
    version: version || undefined,
    within: within || undefined,
    licence: licence || undefined,
    texts: list(texts ?? "", ", "),
    notices: list(notices, " | "),
  };
}

/** The table again, with the comments of the one that it replaces. */
export function tableOf(
  { deno, components }: RuntimeComponents,
  before: string,
): string {
  const comments = before.split("\n").filter((line) => line.startsWith("# "))
    .join("\n").replace(VERSION_LINE, `# deno\t${deno}`);
  const rows = components.map((one) =>
    [
      one.name,
      one.version ?? "",
      one.within ?? "",
      one.licence ?? "",
      one.texts.join(", "),
      one.notices.join(" | "),
    ].join("\t")
  );
  return `${[comments, ...rows].join("\n")}\n`;
}

/** "tokio 1.47.1", "abseil". */
export function nameOf({ name, version }: RuntimeComponent): string {
  return version === undefined ? name : `${name} ${version}`;
}

/** Whether a table of one Deno tells what is in another: "2.9.5" and "2.9.6". */
export function sameLine(one: string, other: string): boolean {
  const line = (version: string): string =>
    version.split(".").slice(0, 2).join(".");
  return line(one) === line(other);
}

/**
 * What is in the runtime now. Of a crate that was there before, in this version
 * or another, the licence is kept; of one that is new, it is to be entered.
 *
 * @param crates name and version of each, from Cargo.lock.
 */
export function updated(
  before: RuntimeComponents,
  deno: string,
  crates: readonly { readonly name: string; readonly version: string }[],
): RuntimeComponents {
  const known = new Map<string, RuntimeComponent>();
  for (const one of before.components) {
    if (one.within !== undefined) continue;
    known.set(one.name, one);
    known.set(nameOf(one), one);
  }
  const now = crates.map(({ name, version }): RuntimeComponent => {
    const old = known.get(`${name} ${version}`) ?? known.get(name);
    return {
      name,
      version,
      within: undefined,
      licence: old?.licence,
      texts: old?.texts ?? [],
      notices: old?.notices ?? [],
    };
  });
  const inside = before.components.filter(({ within }) => within !== undefined);
  const key = (one: RuntimeComponent): string => nameOf(one).toLowerCase();
  return {
    deno,
    components: [...now, ...inside]
      .toSorted((a, b) => key(a) < key(b) ? -1 : 1),
  };
}
