/** A plug that can be pulled: nothing goes to the server or comes from it, and no event is emitted. */
export interface Plug {
  readonly isPulled: boolean;
  pull(): void;
  putBack(): void;
  watch(change: () => void): () => void;
}
