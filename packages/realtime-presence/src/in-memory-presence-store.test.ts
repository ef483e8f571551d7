import { FakeClock } from "@repo/core-testing";
import { InMemoryPresenceStore } from "./in-memory-presence-store.js";
import { presenceStoreContract } from "./testing/presence-store-contract.js";

presenceStoreContract("in memory", () => {
  const clock = new FakeClock();
  return { store: new InMemoryPresenceStore(clock), pass: (ms) => void clock.advance(ms) };
});
