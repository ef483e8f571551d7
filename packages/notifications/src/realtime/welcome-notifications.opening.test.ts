import { expect, it } from "vitest";
import { userNotificationsChannel } from "./user-notifications.channel";
import { welcomeNotifications } from "./welcome-notifications.opening";

it("hands a newcomer samples of the shape that really arrives", () => {
  const samples = welcomeNotifications({
    params: { userId: "ada" },
    address: userNotificationsChannel.at({ userId: "ada" }),
    user: { userId: "ada", roles: [] },
    connectionId: "connection-1",
  });
  expect(samples).toEqual([{ id: "welcome-ada", from: "Fourgate", text: expect.any(String) }]);
  expect(userNotificationsChannel.payload.arrived.array().safeParse(samples).success).toBe(true);
});
