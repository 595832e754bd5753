/**
 * C-ECHOs on one association by the npm package dcmjs-dimse.
 *
 *     dcmjs-echo.ts COUNT HOST PORT
 */

import dimse from "dcmjs-dimse";

const [count = "1", host = "127.0.0.1", port = "104"] = Deno.args;
const { CEchoRequest } = dimse.requests;
const client = new dimse.Client();
let answered = 0;
for (let i = 0; i < Number(count); i++) {
  const request = new CEchoRequest();
  request.on("response", () => answered++);
  client.addRequest(request);
}
client.on("closed", () => Deno.exit(answered === Number(count) ? 0 : 1));
client.on("networkError", () => Deno.exit(1));
client.send(host, Number(port), "ECHOSCU", "ANY-SCP");
