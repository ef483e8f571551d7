export { brokerContract, type BrokerContractOptions, type BrokerLack } from "./broker/broker-contract";
export type { BrokerFaults, BrokerUnderTest, MakeBroker } from "./broker/broker-under-test";
export { historyContract } from "./history/history-contract";
export type { HistoryLack, HistoryUnderTest, MakeHistory } from "./history/history-under-test";
export { replyStoreContract } from "./replies/reply-store-contract";
export type { MakeReplyStore, ReplyStoreUnderTest } from "./replies/reply-store-under-test";
export { transportContract } from "./transport/transport-contract";
export type {
  ConnectOptions,
  MakeTransport,
  HostileInput,
  TransportLack,
  TransportUnderTest,
} from "./transport/transport-under-test";
export type { LinkEvents, RawLink } from "../client/link";
