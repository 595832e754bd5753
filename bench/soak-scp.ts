/** The SCP of soak.ts: prints its port, then for each line on standard input what it holds. */

import { startVerificationScp } from "../lib/scp/server.ts";
import { descriptors } from "./descriptors.ts";

const scp = startVerificationScp({ associationLimit: Number(Deno.args[0]) });
console.log(scp.port);
const buffer = new Uint8Array(64);
while (await Deno.stdin.read(buffer) !== null) {
  console.log(`${descriptors()} ${Deno.memoryUsage().rss}`);
}
await scp.close();
