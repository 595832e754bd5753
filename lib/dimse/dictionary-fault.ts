/** Whether a data dictionary allows a C-ECHO-RQ to be built. Pure. */

import { commandBuildFailed, type Condition } from "../base/condition.ts";
import { hex } from "../base/text.ts";
import type { Dictionary } from "../dictionary/entry.ts";
import { TAG } from "./command-set.ts";

/** Elements of VR US in the order in which the reference adds them. */
const NEEDED = [TAG.commandField, TAG.messageId, TAG.commandDataSetType];

/**
 * The reference takes the VR of an element from its dictionary and fails where
 * a dictionary of the user's own does not have it. Undefined: all is well.
 */
export function dictionaryFault(
  dictionary: Dictionary,
): Condition | undefined {
  for (const tag of NEEDED) {
    const entry = dictionary.find(tag);
    if (entry?.vr === "US") continue;
    const name = entry?.keyword ?? "Unknown Tag & Data";
    const element = `(${hex(tag >>> 16, 4)},${hex(tag & 0xffff, 4)})`;
    return commandBuildFailed(
      `dimcmd:addUS: Cannot add Uint16: Element: ${element} ${name}`,
    );
  }
  return undefined;
}
