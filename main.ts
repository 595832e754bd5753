import { run } from "./lib/app.ts";
import { denoHost } from "./lib/host.ts";

Deno.exit(await run(Deno.args, denoHost));
