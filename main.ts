import { run } from "./lib/app/run.ts";
import { denoHost } from "./lib/host.ts";

Deno.exit(await run(Deno.args, denoHost));
