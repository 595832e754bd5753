/**
 * What a peer must at least have said for one echo to be a success, read from
 * the standard's tables without any code of the program. It is lenient where
 * the standard is, so a success that it refuses is no success.
 */

const VERIFICATION = "1.2.840.10008.1.1";
const IMPLICIT = "1.2.840.10008.1.2";
const APPLICATION = "1.2.840.10008.3.1.1.1";

interface Piece {
  readonly type: number;
  readonly body: Uint8Array;
}

/** Of `bytes`, whole ones; undefined: they do not come out even. */
function pieces(
  bytes: Uint8Array,
  lengthAt: number,
  lengthWidth: number,
): Piece[] | undefined {
  const found: Piece[] = [];
  for (let at = 0; at < bytes.length;) {
    const head = lengthAt + lengthWidth;
    if (at + head > bytes.length) return undefined;
    let length = 0;
    for (let i = 0; i < lengthWidth; i++) {
      length = 256 * length + (bytes[at + lengthAt + i] ?? 0);
    }
    const end = at + head + length;
    if (end > bytes.length) return undefined;
    found.push({ type: bytes[at] ?? 0, body: bytes.subarray(at + head, end) });
    at = end;
  }
  return found;
}

function uid(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes).replace(/[\0 ]+$/, "");
}

/** PS3.8 Tables 9-17 to 9-19. */
function accepts(body: Uint8Array): boolean {
  if (body.length < 68 || ((body[1] ?? 0) & 1) === 0) return false;
  const items = pieces(body.subarray(68), 2, 2);
  if (items === undefined) return false;
  // A missing one is let pass; of several the last counts.
  const application = items.findLast(({ type }) => type === 0x10);
  if (application !== undefined && uid(application.body) !== APPLICATION) {
    return false;
  }
  return items.some(({ type, body }) => {
    if (type !== 0x21 || body[0] !== 1 || body[2] !== 0) return false;
    const syntaxes = pieces(body.subarray(4), 2, 2);
    return syntaxes?.some((one) =>
      one.type === 0x40 && uid(one.body) === IMPLICIT
    ) ?? false;
  });
}

/** PS3.7 Table 9.3-13, in Implicit VR Little Endian. */
function isSuccess(command: Uint8Array): boolean {
  const values = new Map<number, Uint8Array>();
  const view = new DataView(
    command.buffer,
    command.byteOffset,
    command.byteLength,
  );
  for (let at = 0; at < command.length;) {
    if (at + 8 > command.length) return false;
    const end = at + 8 + view.getUint32(at + 4, true);
    if (view.getUint16(at, true) !== 0 || end > command.length) return false;
    const element = view.getUint16(at + 2, true);
    if (values.has(element)) return false;
    values.set(element, command.subarray(at + 8, end));
    at = end;
  }
  const short = (element: number): number | undefined => {
    const value = values.get(element);
    return value?.length === 2
      ? (value[0] ?? 0) + 256 * (value[1] ?? 0)
      : undefined;
  };
  const sopClass = values.get(0x0002);
  return (sopClass === undefined || uid(sopClass) === VERIFICATION) &&
    short(0x0100) === 0x8030 && short(0x0120) === 1 &&
    short(0x0800) === 0x0101 && short(0x0900) === 0;
}

/**
 * Whether a peer that says `association`, then `echo`, then `release`, and
 * closes, may be called verified.
 */
export function mayBeVerified(
  [association, echo, release]: readonly Uint8Array[],
): boolean {
  if (!association || !echo || !release) return false;
  const accepted = pieces(association, 2, 4);
  if (accepted?.length !== 1 || accepted[0]?.type !== 2) return false;
  if (!accepts(accepted[0].body)) return false;
  const data = pieces(echo, 2, 4);
  if (data === undefined || data.some(({ type }) => type !== 4)) return false;
  const command: number[] = [];
  let ended = false;
  for (const { body } of data) {
    for (let at = 0; at < body.length;) {
      const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
      if (ended || at + 6 > body.length) return false;
      const end = at + 4 + view.getUint32(at);
      if (end > body.length || end < at + 6 || body[at + 4] !== 1) return false;
      const header = body[at + 5] ?? 0;
      if ((header & 1) === 0) return false;
      ended = (header & 2) !== 0;
      command.push(...body.subarray(at + 6, end));
      at = end;
    }
  }
  if (!ended || !isSuccess(Uint8Array.from(command))) return false;
  // What comes behind the answer to the release finds nobody any more.
  const length = (release[2] ?? 0) * 2 ** 24 + (release[3] ?? 0) * 65536 +
    (release[4] ?? 0) * 256 + (release[5] ?? 0);
  if (release[0] === 5) return mayRelease(release.subarray(6 + length));
  return release[0] === 6 && release.length >= 6 + length && length >= 4;
}

/** After a collision (PS3.8 AR-8) the response is still to come. */
function mayRelease(rest: Uint8Array): boolean {
  return rest[0] === 6 && rest.length >= 10;
}
