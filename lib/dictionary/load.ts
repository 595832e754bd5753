/** Finds the data dictionary that a run is to use. */

import { escapeControls } from "../base/text.ts";
import { BuiltInDictionary } from "./built-in.ts";
import { DataDictionary } from "./data-dictionary.ts";
import type { Dictionary } from "./entry.ts";
import { readDictionary } from "./read.ts";

/** Where the dictionary comes from. */
export interface DictionarySource {
  /** Value of DCMDICTPATH; empty is as if not set. */
  readonly paths: string | undefined;
  /** Between two paths: ":", on Windows ";". */
  readonly separator: string;
}

/** The files of the machine. */
export interface DictionaryFiles {
  /** The content, or undefined for what cannot be read, a folder included. */
  readFile(path: string): Uint8Array | undefined;
}

/** A line for the log, in the reference's words. */
export interface DictionaryMessage {
  readonly level: "debug" | "error";
  readonly text: string;
}

/** What came of it. */
export interface LoadedDictionary {
  readonly dictionary: Dictionary;
  /** Whether it may be used; without it a verification fails. */
  readonly loaded: boolean;
  readonly origin: "built-in" | "files";
  /** In the order in which they are to be printed. */
  readonly messages: readonly DictionaryMessage[];
}

/** Of more faults than these only the first are told; they need memory. */
const MAXIMUM_FAULTS = 100_000;

/**
 * Loads the files of the source, or prepares the built-in dictionary if it
 * names none; `builtIn` is called only when something is looked up. Good lines
 * of a bad file count. As in the reference the whole is `loaded` if all files
 * were good, or else if the last of them that could be opened was.
 *
 * Throws only what `readFile` throws.
 */
export function loadDictionary(
  source: DictionarySource,
  files: DictionaryFiles,
  builtIn: () => Uint8Array | undefined,
): LoadedDictionary {
  if (source.paths === undefined || source.paths === "") {
    return {
      dictionary: new BuiltInDictionary(builtIn),
      loaded: true,
      origin: "built-in",
      messages: [],
    };
  }
  const dictionary = new DataDictionary();
  const messages: DictionaryMessage[] = [];
  const say = (level: "debug" | "error", text: string): void => {
    messages.push({ level, text: `DcmDataDictionary: ${text}` });
  };
  let allGood = true;
  let lastGood = false;
  for (const path of source.paths.split(source.separator)) {
    if (path === "") continue;
    const bytes = files.readFile(path);
    if (bytes === undefined) {
      say("error", `Cannot open file: ${escapeControls(path)}`);
      allGood = false;
      continue;
    }
    say("debug", `Loading file: ${escapeControls(path)}`);
    lastGood = readDictionary(dictionary, path, bytes, (fault) => {
      if (messages.length < MAXIMUM_FAULTS) say("error", fault);
    });
    allGood &&= lastGood;
  }
  return {
    dictionary,
    loaded: allGood || lastGood,
    origin: "files",
    messages,
  };
}
