/** Who takes part in the tests of the engine that uses OpenSSL. */

import { authority, issue } from "../support/certificates.ts";
import type { ServerOptions } from "./openssl-server.ts";

export const ROOT = authority({ name: "Root" });
export const RSA = issue(ROOT, { name: "pacs", key: "rsa" });
export const EC = issue(ROOT, { name: "pacs" });
export const CLIENT = issue(ROOT, { name: "scu", key: "rsa" });

export function rsaServer(...args: readonly string[]): ServerOptions {
  return { certificates: [RSA, ROOT], args };
}
