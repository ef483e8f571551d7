import { openingRequest } from "@repo/core-testing";
import { expect, it } from "vitest";
import { userNotificationsChannel } from "./user-notifications.channel";
import { welcomeNotifications } from "./welcome-notifications.opening";

it("sends a new subscriber samples of the same shape as real notifications", () => {
  const user = { userId: "ada", roles: [] };
  const samples = welcomeNotifications(openingRequest(userNotificationsChannel.at({ userId: "ada" }), { user }));
  expect(samples).toEqual([{ id: "welcome-ada", from: "Fourgate", text: expect.any(String) }]);
  expect(userNotificationsChannel.payload.arrived.array().safeParse(samples).success).toBe(true);
});
