/** The manual page and the completions under the names they are found by. */

import { bashCompletion } from "./bash.ts";
import { fishCompletion } from "./fish.ts";
import { manPage } from "./man-page.ts";
import { powershellCompletion } from "./powershell.ts";
import { zshCompletion } from "./zsh.ts";

/**
 * Path below `dist` → text. Pure.
 *
 * @param command what the program is called.
 * @param date of the manual page, YYYY-MM-DD.
 */
export function documents(
  command: string,
  date: string,
): ReadonlyMap<string, string> {
  return new Map([
    [`man/${command}.1`, manPage(command, date)],
    [`completions/${command}.bash`, bashCompletion(command)],
    [`completions/_${command}`, zshCompletion(command)],
    [`completions/${command}.fish`, fishCompletion(command)],
    [`completions/${command}.ps1`, powershellCompletion(command)],
  ]);
}
