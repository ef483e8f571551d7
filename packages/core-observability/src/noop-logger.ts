import type { ILogger } from "./logger";

/** Says nothing: the default where an app gives no logger. */
export const noopLogger: ILogger = Object.freeze({ debug() {}, info() {}, warn() {}, error() {} });
