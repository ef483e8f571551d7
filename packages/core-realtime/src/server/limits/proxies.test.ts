import { expect, it } from "vitest";
import { Proxies } from "./proxies.js";

const forwarded = (remoteAddress: string) => ({ remoteAddress, headers: { "x-forwarded-for": "9.9.9.9" } });

it.each(["127.0.0.1", "::1", "::ffff:127.0.0.1", "10.2.3.4", "172.31.0.1", "192.168.1.1", "fd12::1", "fe80::1"])(
  "takes a peer at %s for a proxy, where a header shows that it is one",
  (address) => {
    const proxies = new Proxies();
    expect(proxies.sent(forwarded(address))).toBe(true);
    expect(proxies.sent({ remoteAddress: address, headers: { forwarded: "for=9.9.9.9" } })).toBe(true);
    expect(proxies.sent({ remoteAddress: address, headers: {} })).toBe(false);
  },
);

it.each(["203.0.113.7", "::ffff:203.0.113.7", "172.32.0.1", "2001:db8::1", "1", ""])(
  "ignores headers that %s has written",
  (address) => expect(new Proxies().sent(forwarded(address))).toBe(false),
);

it("accepts those of the proxies that the app names, and then no others", () => {
  const proxies = new Proxies(["203.0.113.0/24", "2001:db8::1"]);
  expect(["203.0.113.7", "2001:db8::1"].map((address) => proxies.sent(forwarded(address)))).toEqual([true, true]);
  expect(proxies.sent({ remoteAddress: "203.0.113.7", headers: {} })).toBe(true); // a balancer that writes no header
  expect(["127.0.0.1", "2001:db8::2"].map((address) => proxies.sent(forwarded(address)))).toEqual([false, false]);
});

it.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["2001:db8::1:2:3:4:5", "2001:db8:0:1::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("counts %s as %s", (remoteAddress, network) => {
  const proxies = new Proxies();
  expect(proxies.clientOf({ remoteAddress, headers: {} })).toBe(network);
  expect(proxies.clientOf(forwarded("10.0.0.1"))).toBeUndefined();
});

it.each(["", "proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/-1"])(
  "refuses the network %j at start-up",
  (network) => {
    expect(() => new Proxies([network])).toThrow(`"${network}" is no network: write it as`);
  },
);
