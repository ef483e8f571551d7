// array-history.test.ts
import { FakeClock } from "fourgate/testing";
import { historyContract } from "fourgate/testing/contracts";
import { ArrayHistory } from "./array-history.js";

historyContract("ArrayHistory", () => {
  const clock = new FakeClock();
  const history = new ArrayHistory(() => clock.monotonic());
  return { history, pass: (ms) => clock.advance(ms), forget: (channel) => history.forget(channel) };
});
