/** Addresses to listen on as they are shown, and why they cannot be had. */

import { errorText, escapeControls } from "../base/text.ts";

/** An IPv4 address as such, also where an IPv6 socket has taken it. */
export function address(hostname: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(hostname)?.[1] ?? hostname;
}

/** "192.0.2.1:104", "[::]:104". */
export function hostWithPort(hostname: string, port: number): string {
  return hostname.includes(":")
    ? `[${hostname}]:${port}`
    : `${hostname}:${port}`;
}

/** What was to be listened on is of the other family. */
export class FamilyError extends Error {
  constructor(readonly wanted: "ipv4" | "ipv6") {
    super(`it has no ${wanted === "ipv4" ? "IPv4" : "IPv6"} address`);
  }
}

/** Why a port cannot be had; safe to print. */
export function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return "another program listens there: stop it, or take another port";
  }
  if (
    error instanceof Deno.errors.PermissionDenied ||
    error instanceof Deno.errors.NotCapable
  ) {
    return "not allowed: ports below 1024 need rights of an administrator";
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return "this machine does not have that address";
  }
  return escapeControls(errorText(error));
}
