/** What came of a bundle. */
export interface Measured {
  readonly bytes: number;
  readonly gzip: number;
  readonly text: string;
  /** Every file that went in. */
  readonly inputs: readonly string[];
}

/** Bundles a piece of code for browsers as an app would: esbuild, minified, gzip at its best. */
export function measureBundle(code: string, conditions?: readonly string[], folder?: string): Promise<Measured>;
