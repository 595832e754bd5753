/** Who we are: in the banner, in `--version` and in the association. */

export const NAME = "echoscu";

/** Kept equal to `version` in deno.json (a test compares them). */
export const VERSION = "0.1.0";

export const RELEASE_DATE = "2026-11-24";

/** The line that `--version`, `--help` and the debug log begin with. */
export const BANNER = `$${NAME}: ${NAME} v${VERSION} ${RELEASE_DATE} $`;

/** The build script puts the commit here; in the sources it stands as it is. */
const BUILT_FROM: string = "@COMMIT@";

/** The commit that the program was built from, or "unknown". */
export function commit(): string {
  return BUILT_FROM.startsWith("@") ? "unknown" : BUILT_FROM;
}

/** What the program does, in the words that follow its name in the banner. */
export const PURPOSE = "DICOM verification (C-ECHO) SCU";

/**
 * Implementation Class UID (PS3.7 D.3.3.2): a random UUID as a decimal number
 * under 2.25 (PS3.5 B.2).
 */
export const IMPLEMENTATION_CLASS_UID =
  "2.25.151526756010841810468879244056039412848";

/** Implementation Version Name (PS3.7 D.3.3.2), 16 characters at most. */
export const IMPLEMENTATION_VERSION_NAME = `ECHOSCU_${VERSION}`;
