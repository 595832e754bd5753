/** Digests in the forms that are asked for. */

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}

export async function sha256(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** The hexadecimal form of "sha512-…" as a lock file has it. */
export function fromIntegrity(integrity: string): string {
  const base64 = integrity.replace(/^sha512-/, "");
  return hex(Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)));
}

/** As `sha256sum --check` reads it. @param names relative to `folder`. */
export async function sumsOf(
  folder: string,
  names: readonly string[],
): Promise<string> {
  const lines = await Promise.all(
    names.toSorted().map(async (name) =>
      `${await sha256(await Deno.readFile(`${folder}/${name}`))}  ${name}\n`
    ),
  );
  return lines.join("");
}
