import { pause } from "../../lib/net/pause.ts";

Deno.test("a raised signal ends a pause", async () => {
  await pause(1e9, AbortSignal.abort());
  await pause(undefined, AbortSignal.abort());
  const stop = new AbortController();
  const pausing = pause(1e9, stop.signal);
  stop.abort();
  await pausing;
});

Deno.test("a pause without a signal ends by itself", async () => {
  await pause(0, undefined);
});
