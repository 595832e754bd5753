import { run } from "./lib/app/run.ts";
import { denoHost } from "./lib/host.ts";

// No top-level await: scripts that are loaded on demand import this one.
run(Deno.args, denoHost).then(Deno.exit);
