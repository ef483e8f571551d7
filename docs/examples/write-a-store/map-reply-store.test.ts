// map-reply-store.test.ts
import { FakeClock } from "fourgate/testing";
import { replyStoreContract } from "fourgate/testing/contracts";
import { MapReplyStore } from "./map-reply-store.js";

replyStoreContract("MapReplyStore", () => {
  const clock = new FakeClock();
  const store = new MapReplyStore(() => clock.monotonic());
  return { store, other: store, pass: (ms) => clock.advance(ms) };
});
