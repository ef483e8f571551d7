import { BlockList, isIPv6 } from "node:net";
import type { RealtimeHandshake } from "../../seams/handshake.js";

/** Where a proxy is expected unless configured: on this machine or in a private network (RFC 1918, RFC 4193, link-local). */
const PRIVATE = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10"];

/** The proxies that may name another address. Any client can write a forwarding header; only from these addresses does it count. */
export class Proxies {
  readonly #networks = new BlockList();
  readonly #areNamed: boolean;

  /**
   * Networks such as `"203.0.113.0/24"`, or single addresses: whatever comes from there is a proxy's, or a balancer's that writes no header.
   * Default: the private networks, where a header shows that it is one.
   */
  constructor(networks?: readonly string[]) {
    this.#areNamed = networks !== undefined;
    for (const network of networks ?? PRIVATE) this.#add(network);
  }

  /**
   * What a limit per address counts: an IPv4 address, or an IPv6 network of 64 bits, for that is what one customer is given.
   * Undefined behind a proxy: there all visitors share its address.
   */
  clientOf(handshake: Pick<RealtimeHandshake, "headers" | "remoteAddress">): string | undefined {
    const { remoteAddress } = handshake;
    return remoteAddress === undefined || this.sent(handshake) ? undefined : networkOf(remoteAddress);
  }

  /** Whether the client comes through a proxy of ours. */
  sent({ headers, remoteAddress }: Pick<RealtimeHandshake, "headers" | "remoteAddress">): boolean {
    const isDeclared = headers["x-forwarded-for"] !== undefined || headers["forwarded"] !== undefined;
    if (remoteAddress === undefined) return isDeclared; // a transport without the address locks no client out either way
    if (!isDeclared && !this.#areNamed) return false;
    const address = unmapped(remoteAddress);
    return this.#networks.check(address, familyOf(address));
  }

  #add(network: string): void {
    const [address = "", bits] = network.split("/");
    try {
      if (bits === undefined) this.#networks.addAddress(address, familyOf(address));
      else this.#networks.addSubnet(address, Number(bits), familyOf(address));
    } catch (cause) {
      throw new TypeError(`"${network}" is no network: write it as "203.0.113.0/24" or "2001:db8::/32".`, { cause });
    }
  }
}

/** IPv4 on a socket that takes both families. */
function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

function networkOf(remoteAddress: string): string {
  const address = unmapped(remoteAddress);
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().replace(/%.*/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  const left = 8 - groups.length - (tail ? tail.split(":").length : 0);
  if (tail !== undefined) groups.push(...Array<string>(Math.max(0, left)).fill("0"), ...(tail ? tail.split(":") : []));
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}
