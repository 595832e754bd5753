/**
 * Which crates a Rust program is made of, by its Cargo.lock. Pure. The lock
 * file does not tell what is for building only and what for which system, so
 * this is what may be inside.
 */

export interface Crate {
  readonly name: string;
  readonly version: string;
  /** Part of the checkout itself, not from a registry. */
  readonly own: boolean;
  /** "name", or "name version" where there are several. */
  readonly dependencies: readonly string[];
}

/**
 * Crates that run while others are compiled, or are for systems that there are
 * no binaries for. What only they need is left out with them.
 */
const NOT_INSIDE: ReadonlySet<string> = new Set(
  `
android_system_properties asn1-rs-derive asn1-rs-impl ast_node async-stream-impl
async-trait autocfg bindgen bytemuck_derive capacity_builder_macros cc cmake
color-print-proc-macro cranelift-assembler-x64-meta cranelift-codegen-meta
cranelift-isle critical-section curve25519-dalek-derive deno_error_macro
deno_ops der_derive derive-io diplomat displaydoc dlopen2_derive enum-as-inner
from_variant fs_extra futures-macro hermit-abi icu_provider_macros is-macro
js-sys lazy-regex-proc_macros loom macro_rules_attribute-proc_macro ndk-sys
paste phf_macros pin-project-internal pkg-config proc-macro2 prost-derive quote
r-efi redox_syscall rustversion seq-macro serde_derive sqlite-wasm-rs
string_enum swc_config_macro swc_ecma_codegen_macros
swc_ecma_transforms_macros swc_eq_ignore_macros swc_macros_common syn
sys_traits_macros thiserror-impl time-macros tokio-macros tracing-attributes
v8x vcpkg version_check wasi wasip2 wasip3 wasite wasm-bindgen web-sys web-time
wgpu-core-deps-emscripten windows-implement windows-interface yoke-derive
zerocopy-derive zerofrom-derive zeroize_derive zerovec-derive
`.trim().split(/\s+/),
);

export function cratesIn(lock: string): readonly Crate[] {
  return lock.split("[[package]]").slice(1).map((block) => {
    const field = (name: string): string | undefined =>
      new RegExp(`^${name} = "(.*)"$`, "m").exec(block)?.[1];
    const list = /^dependencies = \[([^\]]*)\]/m.exec(block)?.[1] ?? "";
    return {
      name: field("name") ?? "",
      version: field("version") ?? "",
      own: field("source") === undefined,
      dependencies: [...list.matchAll(/"([^"]*)"/g)].map(([, one]) =>
        one ?? ""
      ),
    };
  });
}

const SECTION = /^(?:target\..*\.)?dependencies(?:\.([\w-]+))?$/;

/** What a Cargo.toml names, other than for building and for tests. */
export function dependenciesIn(
  manifest: string,
  renamed: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  let inside = false;
  for (const line of manifest.split("\n")) {
    const header = /^\[(.*)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) {
      const section = SECTION.exec(header);
      inside = section !== null && section[1] === undefined;
      if (section?.[1] !== undefined) found.add(section[1]);
      continue;
    }
    const name = inside ? /^([\w-]+)\s*[.=]/.exec(line)?.[1] : undefined;
    if (name === undefined) continue;
    found.add(renamedIn(line) ?? renamed.get(name) ?? name);
  }
  return found;
}

function renamedIn(line: string): string | undefined {
  return /package = "([\w-]+)"/.exec(line)?.[1];
}

/** Name in a workspace's Cargo.toml → name of the crate, where they differ. */
export function renamedDependencies(
  manifest: string,
): ReadonlyMap<string, string> {
  return new Map(
    manifest.split("\n").flatMap((line) => {
      const name = /^([\w-]+) = \{/.exec(line)?.[1];
      const crate = renamedIn(line);
      return name === undefined || crate === undefined ? [] : [[name, crate]];
    }),
  );
}

/**
 * All that a crate of the checkout needs, without the checkout's own, by name.
 *
 * @param named of each crate of the checkout, what its Cargo.toml names.
 * @throws {TypeError} for a crate of the checkout that is not among them.
 */
export function cratesInside(
  root: string,
  crates: readonly Crate[],
  named: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Crate[] {
  const byName = Map.groupBy(crates, ({ name }) => name);
  const find = (dependency: string): Crate | undefined => {
    const [name = "", version] = dependency.split(" ");
    return byName.get(name)?.find((one) =>
      version === undefined || one.version === version
    );
  };
  const found = new Set<Crate>();
  const rest = [root];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const crate = find(next);
    if (crate === undefined || found.has(crate)) continue;
    found.add(crate);
    // Of others' tests the lock file has nothing; of the checkout's it has.
    const wanted = crate.own ? named.get(crate.name) : undefined;
    if (crate.own && wanted === undefined) {
      throw new TypeError(`${crate.name} has no Cargo.toml`);
    }
    rest.push(...crate.dependencies.filter((dependency) => {
      const [name = ""] = dependency.split(" ");
      return !NOT_INSIDE.has(name) && (wanted?.has(name) ?? true);
    }));
  }
  return [...found].filter(({ own }) => !own);
}
