/** The npm packages inside of a bundle. */

/** A package as it is in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** Where its files are. */
  readonly folder: string;
}

/** ".../npm/HOST/@scope/name/1.2.3/", as in Deno's cache. */
const IN_CACHE =
  /^(.*[/\\]npm[/\\][^/\\]+[/\\]((?:@[^/\\]+[/\\])?[^@/\\][^/\\]*)[/\\](\d+\.\d+\.\d+[^/\\]*))[/\\]/;

/**
 * Each package once, by name and version. Pure.
 *
 * @param sources paths of all that was bundled, as a source map lists them.
 */
export function packagesIn(
  sources: readonly string[],
): readonly BundledPackage[] {
  const found = new Map<string, BundledPackage>();
  for (const source of sources) {
    const [, folder, path, version] = IN_CACHE.exec(source) ?? [];
    if (
      folder === undefined || path === undefined || version === undefined
    ) continue;
    const name = path.replaceAll("\\", "/");
    found.set(`${name}@${version}`, { name, version, folder });
  }
  return [...found.entries()].toSorted(([a], [b]) => a < b ? -1 : 1)
    .map(([, one]) => one);
}

/** What a package says of itself. */
export interface PackageTexts {
  /** SPDX, as in its package.json. */
  readonly licence: string | undefined;
  readonly licenceText: string | undefined;
}

/** Reads the texts of one package; what is not there is undefined. */
export async function textsOf(
  { folder }: BundledPackage,
): Promise<PackageTexts> {
  const description: { readonly license?: unknown } = JSON.parse(
    await Deno.readTextFile(`${folder}/package.json`),
  );
  const { license } = description;
  const names = (await Array.fromAsync(Deno.readDir(folder)))
    .filter(({ isFile, name }) => isFile && /^licen[cs]e/i.test(name))
    .map(({ name }) => name).toSorted();
  const [file] = names;
  return {
    licence: typeof license === "string" ? license : undefined,
    licenceText: file === undefined
      ? undefined
      : await Deno.readTextFile(`${folder}/${file}`),
  };
}
