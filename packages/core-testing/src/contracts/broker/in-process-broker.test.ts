import { InProcessBroker } from "@repo/core-realtime";
import { brokerContract } from "./broker-contract";

brokerContract("InProcessBroker", () => {
  const shared = new InProcessBroker();
  return { join: () => shared, close: () => undefined };
});
