import { describe, expect, it } from "vitest";
import { RefusedTargetError, WebhookTargets } from "./webhook-target.js";

const PUBLIC = "93.184.215.14";

/** Spellings with which checks elsewhere have been bypassed. */
const ATTACKS = [
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://017700000001/",
  "https://0x7f000001/",
  "https://0x7f.0.0.1/",
  "https://0177.0.0.1/",
  "https://127.0.0.1./",
  "https://①②⑦.⓪.⓪.①/",
  "https://127。0。0。1/",
  "https://0/",
  "https://10.0.0.1/",
  "https://169.254.169.254/latest/meta-data",
  "https://[::1]/",
  "https://[::]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[0:0:0:0:0:ffff:a00:1]/",
  "https://[::127.0.0.1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[64:ff9b::10.0.0.1]/",
  "https://[2002:7f00:1::]/",
  "https://[2001:0:7f00:1::]/",
  "https://[fe80::1]/",
  "https://[fd00:ec2::254]/",
];

describe("a webhook's target", () => {
  it.each(ATTACKS)("is refused as %s", async (url) => {
    const targets = new WebhookTargets({ resolve: async () => [PUBLIC] });
    await expect(targets.check(url)).rejects.toThrow(RefusedTargetError);
    await expect(targets.check(url)).rejects.toThrow(/is not public/);
  });

  it.each([
    ["one private address", ["10.0.0.1"]],
    ["a private address after a public one", [PUBLIC, "127.0.0.1"]],
    ["a private address before a public one", ["fd00::1", PUBLIC]],
    ["an address that carries a private one", [PUBLIC, "64:ff9b::7f00:1"]],
  ])("is refused by name where it resolves to %s", async (_what, addresses) => {
    const targets = new WebhookTargets({ resolve: async () => addresses });
    await expect(targets.check("https://hooks.example.com/a")).rejects.toThrow(RefusedTargetError);
  });

  it("has every address that was checked, resolved once", async () => {
    const resolved: string[] = [];
    const targets = new WebhookTargets({
      resolve: async (hostname) => {
        resolved.push(hostname);
        return [PUBLIC, "2606:4700::1111"];
      },
    });
    const { url, addresses } = await targets.check("https://hooks.example.com/a?b");
    expect([url.href, addresses, resolved]).toEqual([
      "https://hooks.example.com/a?b",
      [PUBLIC, "2606:4700::1111"],
      ["hooks.example.com"],
    ]);
  });

  it.each([
    ["http://hooks.example.com/", /allowHttp: true/],
    ["ftp://hooks.example.com/", /ftp: URLs are not allowed/],
    ["file:///etc/passwd", /file: URLs are not allowed/],
    ["data:text/plain,a", /not allowed/],
    ["hooks.example.com", /is not a URL/],
    ["", /is not a URL/],
    ["https://user:password@hooks.example.com/", /credentials/],
    ["https://user@hooks.example.com/", /credentials/],
    ["https://hooks.example.com:22/", /Port 22/],
  ])("is refused as %s", async (url, sentence) => {
    const targets = new WebhookTargets({ resolve: async () => [PUBLIC], allowPorts: [443, 8443] });
    await expect(targets.check(url)).rejects.toThrow(sentence);
    await expect(targets.check(url)).rejects.toThrow(RefusedTargetError);
  });

  it("may be private where its range is allowed, and http where that is", async () => {
    const targets = new WebhookTargets({
      allowHttp: true,
      allowAddresses: ["10.0.0.0/8"],
      resolve: async () => ["10.1.2.3"],
    });
    expect((await targets.check("http://hooks.internal/")).addresses).toEqual(["10.1.2.3"]);
    await expect(targets.check("http://127.0.0.1/")).rejects.toThrow(/leads to 127\.0\.0\.1/);
  });

  it("is tried again later where its name does not resolve now", async () => {
    const targets = new WebhookTargets({ resolve: async () => Promise.reject(new Error("ENOTFOUND")) });
    await expect(targets.check("https://hooks.example.com/")).rejects.not.toThrow(RefusedTargetError);
    const nowhere = new WebhookTargets({ resolve: async () => [] });
    await expect(nowhere.check("https://hooks.example.com/")).rejects.toThrow("has no address");
  });
});
