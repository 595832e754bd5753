/**
 * Transfer syntaxes (PS3.6 Table A-1) in families. An acceptor chooses one of a
 * presentation context (PS3.8 9.3.3.2), so what it can do besides is only seen
 * where each family is proposed in a context of its own. Pure.
 */

export type Family =
  | "uncompressed"
  | "jpeg"
  | "jpeg-lossless"
  | "jpeg-ls"
  | "jpeg-2000"
  | "htj2k"
  | "rle"
  | "video";

/** In the order in which they are asked for and shown. */
export const FAMILIES: readonly Family[] = [
  "uncompressed",
  "jpeg",
  "jpeg-lossless",
  "jpeg-ls",
  "jpeg-2000",
  "htj2k",
  "rle",
  "video",
];

const ROOT = "1.2.840.10008.1.2";

/** UIDs and names, the one first that is in use most. */
const SYNTAXES: Readonly<
  Record<Family, readonly (readonly [string, string])[]>
> = {
  "uncompressed": [
    [`${ROOT}.1`, "Explicit VR Little Endian"],
    [ROOT, "Implicit VR Little Endian"],
    [`${ROOT}.2`, "Explicit VR Big Endian"],
  ],
  "jpeg": [
    [`${ROOT}.4.50`, "JPEG Baseline"],
    [`${ROOT}.4.51`, "JPEG Extended"],
  ],
  "jpeg-lossless": [
    [`${ROOT}.4.70`, "JPEG Lossless SV1"],
    [`${ROOT}.4.57`, "JPEG Lossless"],
  ],
  "jpeg-ls": [
    [`${ROOT}.4.80`, "JPEG-LS Lossless"],
    [`${ROOT}.4.81`, "JPEG-LS Near-Lossless"],
  ],
  "jpeg-2000": [
    [`${ROOT}.4.90`, "JPEG 2000 Lossless"],
    [`${ROOT}.4.91`, "JPEG 2000"],
  ],
  "htj2k": [
    [`${ROOT}.4.201`, "HTJ2K Lossless"],
    [`${ROOT}.4.202`, "HTJ2K Lossless RPCL"],
    [`${ROOT}.4.203`, "HTJ2K"],
  ],
  "rle": [[`${ROOT}.5`, "RLE Lossless"]],
  "video": [
    [`${ROOT}.4.102`, "MPEG-4 High Profile 4.1"],
    [`${ROOT}.4.103`, "MPEG-4 BD-compatible High Profile 4.1"],
    [`${ROOT}.4.104`, "MPEG-4 High Profile 4.2 2D"],
    [`${ROOT}.4.105`, "MPEG-4 High Profile 4.2 3D"],
    [`${ROOT}.4.106`, "MPEG-4 Stereo High Profile 4.2"],
    [`${ROOT}.4.107`, "HEVC Main Profile 5.1"],
    [`${ROOT}.4.108`, "HEVC Main 10 Profile 5.1"],
    [`${ROOT}.4.100`, "MPEG-2 Main Level"],
    [`${ROOT}.4.101`, "MPEG-2 High Level"],
  ],
};

/** UIDs of a family's transfer syntaxes. */
export function syntaxesOf(family: Family): readonly string[] {
  return SYNTAXES[family].map(([uid]) => uid);
}

const NAMES: ReadonlyMap<string, string> = new Map(
  FAMILIES.flatMap((family) => SYNTAXES[family]),
);

/** A short name for a person; undefined: it is none of those proposed. */
export function syntaxName(uid: string): string | undefined {
  return NAMES.get(uid);
}
