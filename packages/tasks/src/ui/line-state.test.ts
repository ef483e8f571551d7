import type { ConnectionState } from "@repo/realtime-react";
import { expect, it } from "vitest";
import { lineState } from "./line-state.js";

const connected: ConnectionState = { status: "connected", connectionId: "c", userId: "mia", attempt: 0, madeAt: 0 };

it.each([
  ["joining", { status: "idle" }, "subscribing"],
  ["joining", { status: "connecting", attempt: 0 }, "subscribing"],
  ["joining", connected, "subscribing"],
  ["live", connected, "subscribed"],
  ["refused", connected, "refused"],
  ["away", { status: "waiting", attempt: 1 }, "subscribing"],
  ["away", { status: "connecting", attempt: 2 }, "subscribing"],
  ["refused", { status: "stopped" }, "subscribing"],
] as const)("is %s where the connection is %o and the channel %s", (word, connection, channel) => {
  expect(lineState(connection, channel)).toBe(word);
});
