/** Tells whoever watches this page, worker or process of a mistake that is nobody's here to handle. */
export const reportCause: (cause: unknown) => void = globalThis.reportError ?? console.error;
