import { expect, it } from "vitest";
import { SseRealtimeServer } from "./sse-realtime-server.js";

it.each([
  ["/realtime", true],
  ["/realtime?since=1", true],
  ["/realtime/", false],
  ["/realtimes", false],
  ["/Realtime", false],
  ["//realtime", false],
  ["http://127.0.0.1/realtime", false], // what a proxy receives
  ["", false],
])("recognises its own requests by their path: %j is own: %s", (url, isOwn) => {
  const request = { url } as Parameters<SseRealtimeServer["isOwn"]>[0];
  expect(new SseRealtimeServer().isOwn(request)).toBe(isOwn);
});
