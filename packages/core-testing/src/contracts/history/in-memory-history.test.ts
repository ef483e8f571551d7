import { noHistory } from "@repo/core-realtime";
import { InMemoryHistory } from "@repo/core-realtime/server";
import { FakeClock } from "../../fake-clock";
import { historyContract } from "./history-contract";

const POLICY = { size: 1, ttlMs: 1 };

historyContract("InMemoryHistory", () => {
  const clock = new FakeClock();
  const history = new InMemoryHistory({ clock, maxChannels: 4 });
  return {
    history,
    pass: (ms) => clock.advance(ms),
    forget() {
      for (const n of [1, 2, 3, 4]) {
        const envelope = { id: String(n), channel: `other.${n}`, event: "message", json: `${n}`, at: 1 };
        history.append([{ envelope: { ...envelope, sender: { type: "system" } }, policy: { ...POLICY } }]);
      }
    },
  };
});

historyContract("noHistory", () => ({ history: noHistory, pass: () => undefined }), ["memory"]);
