/** The file format of `--log-config`: `key = value`, one a line. */

/** Of a key that stands there more than once, the last value. */
export type Properties = ReadonlyMap<string, string>;

/** What isspace() takes in the C locale; trim() takes more. */
const BLANKS = " \t\n\v\f\r";

function trimBlanks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && BLANKS.includes(text.charAt(from))) from++;
  while (to > from && BLANKS.includes(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

/** Lines that are empty, begin with `#` or have no `=` say nothing. */
export function parseProperties(text: string): Properties {
  const properties = new Map<string, string>();
  for (const raw of text.split("\n")) {
    const line = trimBlanks(raw);
    const equals = line.indexOf("=");
    if (equals < 0 || line.startsWith("#")) continue;
    properties.set(
      trimBlanks(line.slice(0, equals)),
      trimBlanks(line.slice(equals + 1)),
    );
  }
  return properties;
}

/** Those whose keys begin with `prefix`, by what follows it. */
export function subset(properties: Properties, prefix: string): Properties {
  const found = new Map<string, string>();
  for (const [key, value] of properties) {
    if (key.startsWith(prefix)) found.set(key.slice(prefix.length), value);
  }
  return found;
}

/** What is set under one name: `name` itself, and `name.` with more. */
export interface Group {
  readonly value: string | undefined;
  /** By what follows the first dot. */
  readonly settings: Properties;
}

/** All properties by what stands before the first dot of their keys. */
export function groups(properties: Properties): ReadonlyMap<string, Group> {
  const found = new Map<
    string,
    { value: string | undefined; settings: Map<string, string> }
  >();
  for (const [key, value] of properties) {
    const dot = key.indexOf(".");
    const name = dot < 0 ? key : key.slice(0, dot);
    const group = found.get(name) ?? { value: undefined, settings: new Map() };
    if (dot < 0) group.value = value;
    else group.settings.set(key.slice(dot + 1), value);
    found.set(name, group);
  }
  return found;
}

/** What every key begins with that is not only a variable. */
export const PREFIX = "log4cplus.";

const ROOT_LOGGER = "log4cplus.rootLogger";

/**
 * What keeps the settings from being used at all, in the reference's words
 * after "Specified --log-config file"; undefined: nothing.
 */
export function propertiesProblem(properties: Properties): string | undefined {
  if (properties.size === 0) return "does not contain any settings";
  if (![...properties.keys()].some((key) => key.startsWith(PREFIX))) {
    return "does not contain any valid settings";
  }
  if (!properties.has(ROOT_LOGGER)) return `does not set up ${ROOT_LOGGER}`;
  return undefined;
}
