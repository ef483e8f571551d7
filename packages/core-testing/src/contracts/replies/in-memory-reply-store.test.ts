import { InMemoryReplyStore } from "@repo/core-realtime/server";
import { FakeClock } from "../../fake-clock";
import { replyStoreContract } from "./reply-store-contract";

replyStoreContract("InMemoryReplyStore", () => {
  const clock = new FakeClock();
  const store = new InMemoryReplyStore(clock);
  return { store, other: store, pass: (ms) => clock.advance(ms) };
});
