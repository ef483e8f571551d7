import { describe, expect, it } from "vitest";
import { checkRange, isInRanges, refusedRange } from "./refused-range.js";

const REFUSED: readonly (readonly [string, string])[] = [
  ["127.0.0.1", "loopback"],
  ["127.255.255.254", "loopback"],
  ["0.0.0.0", "unspecified"],
  ["0.1.2.3", "unspecified"],
  ["10.0.0.1", "private"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.168.1.1", "private"],
  ["169.254.169.254", "linkLocal"],
  ["100.64.0.1", "carrierGradeNat"],
  ["100.127.255.255", "carrierGradeNat"],
  ["192.0.0.1", "reserved"],
  ["198.18.0.1", "reserved"],
  ["203.0.113.5", "reserved"],
  ["224.0.0.1", "multicast"],
  ["240.0.0.1", "reserved"],
  ["255.255.255.255", "broadcast"],
  ["::", "unspecified"],
  ["::1", "loopback"],
  ["::2", "not assigned"],
  ["fe80::1", "linkLocal"],
  ["fe80::1%eth0", "linkLocal"],
  ["fc00::1", "uniqueLocal"],
  ["fd12:3456::1", "uniqueLocal"],
  ["fec0::1", "deprecatedSiteLocal"],
  ["ff02::1", "multicast"],
  ["100::1", "discard"],
  ["2001:db8::1", "reserved"],
  ["4000::1", "not assigned"],
  ["::ffff:127.0.0.1", "loopback"],
  ["::ffff:a00:1", "private"],
  ["::127.0.0.1", "loopback"],
  ["::ffff:0:127.0.0.1", "loopback"],
  ["64:ff9b::7f00:1", "loopback"],
  ["64:ff9b::a9fe:a9fe", "linkLocal"],
  ["64:ff9b:1::1", "rfc6052"],
  ["2002:7f00:1::", "loopback"],
  ["2002:c0a8:101::1", "private"],
  ["2001:0:7f00:1::", "loopback"],
  ["2001:0:808:808::80ff:fffe", "loopback"],
  ["2606:4700::5efe:10.0.0.1", "private"],
  ["2606:4700:0:0:200:5efe:10.0.0.1", "private"],
  ["2001:db8::5efe:8.8.8.8", "reserved"],
  ["not an address", "invalid"],
  ["", "invalid"],
];

const PUBLIC = ["8.8.8.8", "1.1.1.1", "100.63.255.255", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"];
const PUBLIC_INSIDE = ["64:ff9b::808:808", "2002:808:808::1", "2001:0:808:808::f7f7:f7f7"];

describe("the range for which an address is refused", () => {
  it.each(REFUSED)("of %s is %s", (address, range) => {
    expect(refusedRange(address)).toBe(range);
  });

  it.each([...PUBLIC, ...PUBLIC_INSIDE])("of %s is none", (address) => {
    expect(refusedRange(address)).toBeUndefined();
  });

  it("is looked up in lists of addresses and ranges of both families", () => {
    const ranges = ["127.0.0.0/8", "::1", "fd00::/8", "10.1.2.3"];
    const inside = ["127.9.9.9", "::1", "fd00::5", "10.1.2.3"];
    const outside = ["128.0.0.1", "::2", "fc00::5", "10.1.2.4", "::ffff:127.0.0.1", "nonsense"];
    expect(inside.filter((address) => isInRanges(address, ranges))).toEqual(inside);
    expect(outside.filter((address) => isInRanges(address, ranges))).toEqual([]);
  });

  it("is no range where it is misspelt", () => {
    expect(() => checkRange("10.0.0.0/99")).toThrow(/10\.0\.0\.0\/99/);
    expect(() => checkRange("localhost")).toThrow(TypeError);
    expect(() => checkRange("10.0.0.0/8")).not.toThrow();
  });
});
