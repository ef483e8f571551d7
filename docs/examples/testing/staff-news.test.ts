// staff-news.test.ts
import { defineRealtimeChannel } from "fourgate";
import { createRealtimeHarness } from "fourgate/testing";
import { expect, it } from "vitest";
import { z } from "zod";

const staffChannel = defineRealtimeChannel({ name: "staff.news", scope: { role: "staff" }, payload: z.string() });
const users = { mia: { userId: "mia", roles: ["staff"] }, sam: { userId: "sam", roles: [] } };

it("lets staff alone subscribe", async () => {
  const harness = await createRealtimeHarness({ channels: [staffChannel], users });
  const mia = await harness.client("mia");
  const sam = await harness.client("sam");
  await mia.subscribe(staffChannel);
  await expect(sam.subscribe(staffChannel)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await harness.close();
});

it("ends the connection when the session has expired", async () => {
  const harness = await createRealtimeHarness({ channels: [staffChannel] });
  const mia = await harness.client({ ...users.mia, expiresAt: harness.clock.now() + 60_000 });
  await mia.subscribe(staffChannel);
  harness.clock.advance(60_000); // time stands still until the test moves it
  const { frame } = await mia.ended();
  expect(frame?.error.code).toBe("SESSION_EXPIRED");
  await harness.close();
});
