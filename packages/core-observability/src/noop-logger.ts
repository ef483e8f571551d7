import type { ILogger } from "./logger";

/** Logs nothing: the default where an app gives no logger. */
export const noopLogger: ILogger = Object.freeze({ debug() {}, info() {}, warn() {}, error() {} });
