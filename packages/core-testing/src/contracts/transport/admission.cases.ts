import { describe, expect, it } from "vitest";
import { TransportFixture } from "./transport-fixture";
import type { MakeTransport } from "./transport-under-test";

const cookie = "session=mia";

/** The checks before a connection is accepted: the page's origin and the size of the request. */
export function admissionCases(make: MakeTransport): void {
  describe("guards its admission", () => {
    it.each(["https://evil.example", "null", "", "http://localhost:1"])(
      "refuses Origin %j with a valid cookie, before authentication",
      async (origin) => {
        const fixture = await TransportFixture.open(make);
        await expectRefused(fixture, { origin, cookie });
        expect(fixture.users.calls).toBe(0);
        expect(
          await (await fixture.connect({ headers: { origin: fixture.origin, cookie } })).next("connected"),
        ).toMatchObject({ userId: "mia" });
      },
    );

    it("refuses an Origin that only begins or ends like its own", async () => {
      const fixture = await TransportFixture.open(make);
      const { host } = new URL(fixture.origin);
      for (const origin of [`${fixture.origin}.evil.example`, `https://evil.example/${host}`, `http://evil.${host}`])
        await expectRefused(fixture, { origin, cookie });
      expect(fixture.users.calls).toBe(0);
    });

    it("lets a listed Origin in, and then no other, its own included", async () => {
      const fixture = await TransportFixture.open(make, { origins: ["https://app.example"] });
      await (await fixture.connect({ headers: { origin: "https://app.example", cookie } })).next("connected");
      for (const origin of ["https://app.example.evil", "http://app.example", fixture.origin])
        await expectRefused(fixture, { origin, cookie });
    });

    it("lets a peer without an Origin in, for that is no foreign page", async () => {
      const fixture = await TransportFixture.open(make);
      expect(await (await fixture.connect({ headers: { cookie } })).next("connected")).toMatchObject({ userId: "mia" });
    });

    it("refuses a cross-site request that shows no Origin", async () => {
      const fixture = await TransportFixture.open(make);
      const from = async (site: string) => fixture.connect({ headers: { "sec-fetch-site": site, cookie } });
      await expect(from("cross-site")).rejects.toThrow();
      expect(fixture.users.calls).toBe(0);
      await (await from("same-origin")).next("connected");
    });

    it("refuses more than 8 KiB of cookies, and takes just as much", async () => {
      const fixture = await TransportFixture.open(make);
      const cookies = (bytes: number) => `${cookie}; c=${"c".repeat(bytes - `${cookie}; c=`.length)}`;
      await expect(fixture.connect({ headers: { cookie: cookies(8 * 1024 + 1) } })).rejects.toThrow();
      expect(fixture.users.calls).toBe(0);
      await (await fixture.connect({ headers: { cookie: cookies(8 * 1024) } })).next("connected");
    });
  });
}

/** Refused at the request, or on a connection that is opened only to carry the reason: a page cannot read why its upgrade failed. */
async function expectRefused(fixture: TransportFixture, headers: Readonly<Record<string, string>>): Promise<void> {
  const client = await fixture.connect({ headers }).catch(() => undefined);
  if (!client) return;
  expect(await client.next("close")).toMatchObject({ closeCode: 4503, error: { code: "ORIGIN_REFUSED" } });
  expect(client.frames).toHaveLength(1);
}
