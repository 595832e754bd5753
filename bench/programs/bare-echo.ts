/**
 * The least that an association with C-ECHOs can be: fixed bytes, no checks, no
 * time limits, no log. What it takes, no program on this runtime can go below.
 *
 *     bare-echo.ts COUNT HOST PORT
 */

const [count = "1", hostname = "127.0.0.1", port = "104"] = Deno.args;
const connection = await Deno.connect({ hostname, port: Number(port) });
connection.setNoDelay(true);

function bytes(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function item(type: number, ...parts: readonly number[][]): number[] {
  const value = parts.flat();
  return [type, 0, value.length >> 8, value.length & 255, ...value];
}

function pdu(type: number, body: readonly number[]): Uint8Array {
  const { length } = body;
  return Uint8Array.of(type, 0, 0, 0, length >> 8, length & 255, ...body);
}

function element(number: number, value: readonly number[]): number[] {
  const { length } = value;
  return [0, 0, number & 255, number >> 8, length, 0, 0, 0, ...value];
}

const buffer = new Uint8Array(4096);

async function receive(type: number): Promise<void> {
  let have = 0;
  for (;;) {
    const read = await connection.read(buffer.subarray(have));
    if (read === null) Deno.exit(1);
    have += read;
    const length = ((buffer[4] ?? 0) << 8) + (buffer[5] ?? 0);
    if (have < 6 || have < length + 6) continue;
    if (buffer[0] !== type) Deno.exit(1);
    return;
  }
}

const request = pdu(1, [
  ...[0, 1, 0, 0],
  ...bytes("ANY-SCP".padEnd(16)),
  ...bytes("ECHOSCU".padEnd(16)),
  ...new Array<number>(32).fill(0),
  ...item(0x10, bytes("1.2.840.10008.3.1.1.1")),
  ...item(
    0x20,
    [1, 0, 0, 0],
    item(0x30, bytes("1.2.840.10008.1.1")),
    item(0x40, bytes("1.2.840.10008.1.2")),
  ),
  ...item(0x50, item(0x51, [0, 0, 0x40, 0]), item(0x52, bytes("1.2.3.4"))),
]);
const elements = [
  ...element(0x002, bytes("1.2.840.10008.1.1\0")),
  ...element(0x100, [0x30, 0]),
  ...element(0x110, [1, 0]),
  ...element(0x800, [1, 1]),
];
const command = [...element(0, [elements.length, 0, 0, 0]), ...elements];
const data = pdu(4, [0, 0, 0, command.length + 2, 1, 3, ...command]);

await connection.write(request);
await receive(2);
for (let i = 0; i < Number(count); i++) {
  await connection.write(data);
  await receive(4);
}
await connection.write(pdu(5, [0, 0, 0, 0]));
await receive(6);
Deno.exit(0);
