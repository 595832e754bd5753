/**
 * The main job on any machine: starts the built-in Verification SCP on a free
 * loopback port and verifies it with the client over a real socket.
 */

import { run } from "../lib/app/run.ts";
import { denoHost } from "../lib/host.ts";
import { startVerificationScp } from "../lib/scp/server.ts";

const scp = startVerificationScp();
console.log(`Verification SCP listening on ${scp.hostname}:${scp.port}`);
console.log(`$ echoscu --verbose ${scp.hostname} ${scp.port}`);
const argv = ["--verbose", scp.hostname, String(scp.port)];
const exitCode = await run(argv, denoHost);
console.log(`exit code ${exitCode}`);
await scp.close();
Deno.exit(exitCode);
