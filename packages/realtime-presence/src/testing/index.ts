export { presenceStoreContract, type PresenceStoreUnderTest } from "./presence-store-contract.js";
