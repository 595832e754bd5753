/** Which address families may be used to reach a peer. */
export type AddressFamily = "auto" | "ipv4" | "ipv6";
