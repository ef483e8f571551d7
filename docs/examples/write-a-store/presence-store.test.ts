// presence-store.test.ts
import { InMemoryPresenceStore } from "fourgate/presence";
import { presenceStoreContract } from "fourgate/presence/testing";
import { FakeClock } from "fourgate/testing";

presenceStoreContract("your store", () => {
  const clock = new FakeClock();
  return { store: new InMemoryPresenceStore(clock), pass: (ms) => void clock.advance(ms) };
});
