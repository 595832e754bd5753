/** The systems that there are binaries for. Pure. */

export interface Target {
  /** As `deno compile --target` and `Deno.build.target` have it. */
  readonly triple: string;
  /** The words of the file's name. */
  readonly os: "linux" | "macos" | "windows";
  readonly arch: "x64" | "arm64";
}

export const TARGETS: readonly Target[] = [
  { triple: "x86_64-unknown-linux-gnu", os: "linux", arch: "x64" },
  { triple: "aarch64-unknown-linux-gnu", os: "linux", arch: "arm64" },
  { triple: "x86_64-apple-darwin", os: "macos", arch: "x64" },
  { triple: "aarch64-apple-darwin", os: "macos", arch: "arm64" },
  { triple: "x86_64-pc-windows-msvc", os: "windows", arch: "x64" },
];

/** By its triple, or as "linux-x64". */
export function targetByName(name: string): Target | undefined {
  return TARGETS.find((target) =>
    target.triple === name || shortName(target) === name
  );
}

export function shortName({ os, arch }: Target): string {
  return `${os}-${arch}`;
}

/** "echoscu-0.1.0-linux-x64". */
export function fileName(
  program: string,
  version: string,
  target: Target,
): string {
  const ending = target.os === "windows" ? ".exe" : "";
  return `${program}-${version}-${shortName(target)}${ending}`;
}

/** Numbers of machines in the headers of ELF, Mach-O and PE. */
const MACHINES = {
  linux: { x64: 0x3e, arm64: 0xb7 },
  macos: { x64: 0x01000007, arm64: 0x0100000c },
  windows: { x64: 0x8664, arm64: 0xaa64 },
} as const;

/** Bytes that {@link fits} looks at. */
export const HEADER_LENGTH = 4096;

/** Whether an executable that begins so is one for `target`. */
export function fits(header: Uint8Array, target: Target): boolean {
  const view = new DataView(
    header.buffer,
    header.byteOffset,
    header.byteLength,
  );
  const at = (offset: number, length: 2 | 4): number | undefined =>
    offset + length > view.byteLength
      ? undefined
      : length === 2
      ? view.getUint16(offset, true)
      : view.getUint32(offset, true);
  const machine = MACHINES[target.os][target.arch];
  switch (target.os) {
    case "linux":
      return at(0, 4) === 0x464c457f && at(18, 2) === machine;
    case "macos":
      return at(0, 4) === 0xfeedfacf && at(4, 4) === machine;
    case "windows": {
      const start = at(0x3c, 4) ?? 0;
      return at(0, 2) === 0x5a4d && at(start, 4) === 0x4550 &&
        at(start + 4, 2) === machine;
    }
  }
}
