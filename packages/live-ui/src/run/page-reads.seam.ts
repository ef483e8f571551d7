/** What a load has returned, and when it would return something else. */
export interface RecordedLoad<T> {
  /** What it has resolved with. */
  readonly result: T;
  /** Calls back once something of what was read has changed, also where that was before the call. Returns the undo. */
  readonly watch: (onChange: () => void) => () => void;
}

/** Records what pages read while they are rendered, so that they are rendered again when it changes: `createAutoRefresh` of live queries. */
export interface IPageReads {
  /** Runs `load`, and notes the rows that it reads. */
  record<T>(load: () => Promise<T>): Promise<RecordedLoad<T>>;
}
