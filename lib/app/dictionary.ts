/** The data dictionary of one run. */

import { type Condition, DATA_DICTIONARY_MISSING } from "../base/condition.ts";
import { DICTIONARY_LIMIT } from "../base/files.ts";
import type { Dictionary } from "../dictionary/entry.ts";
import type { Host } from "../host.ts";
import { app, data, type Log } from "../log/log.ts";

const DICTIONARY_VARIABLE = "DCMDICTPATH";

/** What a verification needs of it. */
export interface PreparedDictionary {
  readonly dictionary: () => Dictionary;
  readonly fault: Condition | undefined;
}

/**
 * Only a dictionary of the user's own can fail to load, and only the debug and
 * trace log name elements: without both, nothing is loaded.
 */
export async function prepareDictionary(
  log: Log,
  host: Host,
): Promise<PreparedDictionary> {
  const paths = host.environment(DICTIONARY_VARIABLE);
  const unused = paths === undefined || paths === "";
  if (unused && !log.shows("debug")) {
    const dictionary = (): never => {
      throw new Error("no element is named at this level");
    };
    return { dictionary, fault: undefined };
  }
  const { loadDictionary }: typeof import("../dictionary/load.ts") =
    await import(import.meta.resolve("../dictionary/load.ts"));
  const { dictionaryFault }: typeof import("../dimse/dictionary-fault.ts") =
    await import(import.meta.resolve("../dimse/dictionary-fault.ts"));
  const builtIn = unused ? host.builtInDictionary() : undefined;
  const { dictionary, loaded, messages } = loadDictionary(
    { paths, separator: host.pathSeparator },
    {
      readFile: (path) => {
        const content = host.files.read(path, DICTIONARY_LIMIT);
        return content.kind === "content" ? content.bytes : undefined;
      },
    },
    () => builtIn,
  );
  for (const { level, text } of messages) log.write(data(level, text));
  const missing = unused && builtIn === undefined;
  if (!loaded || missing) {
    log.write(
      app(
        "warn",
        "no data dictionary loaded, check environment variable: " +
          DICTIONARY_VARIABLE,
      ),
    );
  }
  return {
    dictionary: () => dictionary,
    fault: loaded
      ? unused ? undefined : dictionaryFault(dictionary)
      : DATA_DICTIONARY_MISSING,
  };
}
