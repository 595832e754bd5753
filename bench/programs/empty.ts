// What starting the runtime takes.
Deno.exit(0);
