/** A program that asks for a password, and then reads on. */

import { denoTerminal } from "../../lib/tls/deno/deno-terminal.ts";
import { passwordFrom } from "../../lib/tls/files/password.ts";
import { TlsSetupError } from "../../lib/tls/setup-error.ts";

const encoder = new TextEncoder();
const abort = new AbortController();
Deno.addSignalListener("SIGINT", () => abort.abort());

const terminal = denoTerminal((text) => {
  Deno.stderr.writeSync(encoder.encode(text));
  return Promise.resolve();
}, abort.signal);

function told(error: unknown): string {
  return error instanceof TlsSetupError && error.interrupted
    ? "interrupted"
    : String(error);
}

const answer = await passwordFrom({ from: "standard-input" }, "k", terminal)
  .then((bytes) => `password ${new TextDecoder().decode(bytes)}`, told);
const isRead = answer.startsWith("password") && !Deno.stdin.isTerminal();
const rest = isRead ? await new Response(Deno.stdin.readable).text() : "";
console.log(`<${answer}|${rest}>`);
Deno.exit(0);
