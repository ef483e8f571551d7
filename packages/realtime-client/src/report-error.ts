/** Reports a failure without a caller as an error of this page, worker or process. */
export const reportCause = (cause: unknown): void => (globalThis.reportError ?? console.error)(cause); // alone: as a method, a browser's own refuses to run
