export { transportContract } from "./transport/transport-contract";
export type {
  ConnectOptions,
  MakeTransport,
  Mischief,
  TransportLack,
  TransportUnderTest,
} from "./transport/transport-under-test";
export type { LinkEvents, RawLink } from "../player/link";
