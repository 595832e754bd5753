/**
 * Groups what is loaded on demand, so that the program becomes few files. Pure.
 *
 * A bundler that splits at every `import()` makes a hundred files, and in one
 * file every start would read what it does not need.
 */

import { NAME } from "../../lib/base/product.ts";

/** The file with all of the project's modules that are loaded on demand. */
export const MORE = `${NAME}-more`;

/** The file with packages. */
export const PACKAGES = `${NAME}-packages`;

/**
 * `import("…")` and `import(import.meta.resolve("…"))` as expressions; of the
 * runtime's own modules: no.
 */
const DYNAMIC =
  /(?<!\btypeof\s+)\bimport\(\s*(?:import\.meta\.resolve\(\s*"([^"]+)",?\s*\)|"(?!node:)([^"]+)"),?\s*\)/g;

/** Dynamic imports of all source files, turned into those of two files. */
export class LazyModules {
  /** Path below the project, or name of a package → name of its namespace. */
  readonly #names = new Map<string, string>();

  /**
   * The text of a source file with its dynamic imports replaced.
   *
   * @param path of the file, below the project.
   */
  gather(text: string, path: string): string {
    const up = "../".repeat(path.split("/").length - 1) || "./";
    return text.replace(DYNAMIC, (_, hidden?: string, named?: string) => {
      const specifier = hidden ?? named ?? "";
      const module = specifier.startsWith(".")
        ? `.${new URL(specifier, `file:///${path}`).pathname}`
        : specifier;
      const name = this.#names.get(module) ?? `_${this.#names.size}`;
      this.#names.set(module, name);
      return `import("${up}${fileOf(module)}.ts").then((all) => all.${name})`;
    });
  }

  /**
   * The source of each group that is not empty, by its name. All import the
   * program itself: what they share with it, it has.
   */
  groups(): ReadonlyMap<string, string> {
    const groups = new Map<string, string>();
    for (const [module, name] of this.#names) {
      const file = fileOf(module);
      const before = groups.get(file) ?? 'import "./main.ts";\n';
      groups.set(file, `${before}export * as ${name} from "${module}";\n`);
    }
    return groups;
  }
}

function fileOf(module: string): string {
  return module.startsWith(".") ? MORE : PACKAGES;
}
