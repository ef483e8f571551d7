import type { IRealtimeBroker } from "@repo/core-realtime";

/** A cluster, as `brokerContract` meets it. */
export interface BrokerUnderTest {
  /** One more node's broker. Where nodes share one object, that object. */
  join(): Promise<IRealtimeBroker> | IRealtimeBroker;
  /** Ends what `join` opened besides the brokers, which the suite closes itself. */
  close(): Promise<void> | void;
}

/** Makes a fresh cluster for each case; two of them must not hear each other. */
export type MakeBroker = () => Promise<BrokerUnderTest> | BrokerUnderTest;
