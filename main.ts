console.error("error: not there yet");
Deno.exit(1);
