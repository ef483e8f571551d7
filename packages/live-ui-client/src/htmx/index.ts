export { registerLive, type HtmxLike } from "./live-extension.js";
