import { InProcessBroker } from "@repo/core-realtime";
import { brokerContract } from "./broker-contract";

brokerContract(
  "InProcessBroker",
  () => {
    const shared = new InProcessBroker();
    return { open: () => shared, pass: () => undefined, faults: "none", close: () => undefined };
  },
  { lacks: ["network"] },
);
