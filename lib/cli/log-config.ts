/** The file of `--log-config`, as far as the command line checks it. */

import {
  parseProperties,
  type Properties,
  propertiesProblem,
} from "../log/properties.ts";
import { decodeRaw } from "../log/raw-text.ts";
import { type FileAccess, SETTINGS_LIMIT } from "../base/files.ts";

export type LogConfig =
  | { readonly ok: true; readonly properties: Properties }
  | { readonly ok: false; readonly message: string };

function failure(problem: string): LogConfig {
  const message = `Specified --log-config file ${problem}`;
  return { ok: false, message };
}

export function readLogConfig(file: string, files: FileAccess): LogConfig {
  const content = files.read(file, SETTINGS_LIMIT);
  switch (content.kind) {
    case "folder":
    case "missing":
      return failure("does not exist");
    case "unreadable":
      return failure("cannot be read");
  }
  const properties = parseProperties(decodeRaw(content.bytes));
  const problem = propertiesProblem(properties);
  return problem === undefined ? { ok: true, properties } : failure(problem);
}
