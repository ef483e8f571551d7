export { presenceStoreContract } from "./presence-store-contract.js";
