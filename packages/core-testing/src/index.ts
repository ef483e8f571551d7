export { FakeClock } from "./fake-clock";
export { RecordingObserver } from "./recording-observer";
