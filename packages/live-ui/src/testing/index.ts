export { mountLive, type MountedPage, type MountLiveOptions } from "./mount-live.js";
export { htmlOf } from "./html-of.js";
export { stateStoreContract, type StateStoreUnderTest } from "./state-store-contract.js";
export { FuzzPages } from "./fuzz-pages.js";
export { fuzzPage, type FuzzState } from "./fuzz-page.js";
