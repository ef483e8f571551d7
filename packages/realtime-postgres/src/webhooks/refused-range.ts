import ipaddr from "ipaddr.js";

/**
 * The name of the range for which an IP address is refused, such as `"private"` or `"loopback"`; undefined for an address of the public
 * internet. An address that carries another one (IPv4-mapped, 6to4, NAT64, Teredo, ISATAP) is as public as the one it carries.
 */
export function refusedRange(address: string): string | undefined {
  const parsed = parse(address);
  if (!parsed) return "invalid";
  return parsed instanceof ipaddr.IPv4 ? refusedIPv4(parsed) : refusedIPv6(parsed);
}

/** Whether an address is in one of these, each an address or a CIDR range: `"127.0.0.0/8"`, `"::1"`. */
export function isInRanges(address: string, ranges: readonly string[]): boolean {
  const parsed = parse(address);
  return parsed !== undefined && ranges.some((range) => isIn(parsed, range));
}

/** A `TypeError` that names the range which is none. */
export function checkRange(range: string): void {
  if (ipaddr.isValidCIDR(range) || ipaddr.isValid(range)) return;
  throw new TypeError(`allowAddresses: "${range}" is neither an address nor a range; write it as "10.0.0.0/8".`);
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function parse(address: string): Address | undefined {
  const withoutZone = address.split("%", 1)[0] ?? "";
  if (!ipaddr.isValid(withoutZone)) return undefined;
  return ipaddr.parse(withoutZone);
}

function isIn(address: Address, range: string): boolean {
  if (!range.includes("/")) return parse(range)?.toNormalizedString() === address.toNormalizedString();
  const [base, bits] = ipaddr.parseCIDR(range);
  if (address instanceof ipaddr.IPv4) return base instanceof ipaddr.IPv4 && address.match(base, bits);
  return base instanceof ipaddr.IPv6 && address.match(base, bits);
}

function refusedIPv4(address: ipaddr.IPv4): string | undefined {
  const range = address.range();
  return range === "unicast" ? undefined : range;
}

function refusedIPv6(address: ipaddr.IPv6): string | undefined {
  const carried = carriedIPv4(address);
  if (carried.length > 0) return carried.map(refusedIPv4).find((range) => range !== undefined);
  const range = address.range();
  if (range !== "unicast") return range;
  if (!address.match(GLOBAL_UNICAST, 3)) return "not assigned";
  const { parts } = address;
  const isIsatap = ((parts[4] ?? 0) & 0xfdff) === 0 && parts[5] === 0x5efe;
  return isIsatap ? refusedIPv4(ipv4Of(parts[6] ?? 0, parts[7] ?? 0)) : undefined;
}

const GLOBAL_UNICAST = ipaddr.IPv6.parse("2000::");

/** The IPv4 addresses that a gateway on the way would take out of an IPv6 address and send to. */
function carriedIPv4(address: ipaddr.IPv6): readonly ipaddr.IPv4[] {
  const { parts } = address;
  const at = (index: number): ipaddr.IPv4 => ipv4Of(parts[index] ?? 0, parts[index + 1] ?? 0);
  const starts = (...prefix: readonly number[]): boolean => prefix.every((part, index) => parts[index] === part);
  if (starts(0, 0, 0, 0, 0, 0) && !starts(0, 0, 0, 0, 0, 0, 0)) return [at(6)]; // IPv4-compatible; `::` and `::1` are none
  if (starts(0, 0, 0, 0, 0, 0xffff)) return [at(6)]; // IPv4-mapped
  if (starts(0, 0, 0, 0, 0xffff, 0)) return [at(6)]; // IPv4-translated (RFC 6145)
  if (starts(0x64, 0xff9b, 0, 0, 0, 0)) return [at(6)]; // NAT64 (RFC 6052); 64:ff9b:1::/48 is refused as a whole
  if (starts(0x2002)) return [at(1)]; // 6to4
  if (starts(0x2001, 0)) return [at(2), ipv4Of((parts[6] ?? 0) ^ 0xffff, (parts[7] ?? 0) ^ 0xffff)]; // Teredo: server, client
  return [];
}

function ipv4Of(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
}
