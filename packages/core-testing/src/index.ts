export { anonymous, byToken, fixedUser, hangingAuthenticator, throwingAuthenticator } from "./fake-authenticators";
export { FakeClock } from "./fake-clock";
export { FaultyPubSub, type CarrierFaults, type Carriage, type CutDirection } from "./faulty-pub-sub";
export type { ClientMessage, ReceivedMessage } from "./harness/client-message";
export type { HarnessClient } from "./harness/harness-client";
export { createRealtimeHarness, type RealtimeHarness, type RealtimeHarnessOptions } from "./harness/realtime-harness";
export {
  handlerMessage,
  openingRequest,
  type HandlerMessageParts,
  type OpeningRequestParts,
  type Sent,
} from "./handler-message";
export { Hold } from "./hold";
export type { FrameOf, FrameType } from "./client/frame-inbox";
export type { LinkEvents, RawLink } from "./client/link";
export { installedChromium } from "./installed-chromium";
export { TestClient, type Ending, type ClientRequest } from "./client/test-client";
export { RecordingEventBus, type PublishedEvent } from "./recording-event-bus";
export { RecordingObserver } from "./recording-observer";
export { RecordingRealtimeBroadcaster } from "./recording-realtime-broadcaster";
export { seededRandom } from "./seeded-random";
