/** A member as a watcher is shown it. */
export interface SeenMember {
  readonly connectionId: string;
  readonly userId: string | null;
  /** The name that the tab has sent; undefined before. */
  readonly tab: string | undefined;
  /** Milliseconds since 1970. */
  readonly joinedAt: number;
}

/** One thing that a watcher learnt. */
export type PresenceEntry = { readonly at: number } & (
  | { readonly kind: "attached" }
  | { readonly kind: "refused" }
  | { readonly kind: "change"; readonly what: "join" | "leave"; readonly member: SeenMember; readonly tabs: number }
  /** Sent to it without a subscription. */
  | { readonly kind: "stray" }
  /** What it now takes for true. */
  | { readonly kind: "picture"; readonly members: readonly SeenMember[] }
);

/** What one watcher learnt of who is there, in order. */
export class PresenceDiary {
  readonly entries: PresenceEntry[] = [];
  #picture: readonly SeenMember[] = [];

  /** What it takes for true. */
  get picture(): readonly SeenMember[] {
    return this.#picture;
  }

  attached(): void {
    this.entries.push({ kind: "attached", at: performance.now() });
  }

  refused(): void {
    this.entries.push({ kind: "refused", at: performance.now() });
  }

  stray(): void {
    this.entries.push({ kind: "stray", at: performance.now() });
  }

  published(what: "join" | "leave", member: SeenMember, tabs: number): void {
    this.entries.push({ kind: "change", what, member, tabs, at: performance.now() });
  }

  believes(members: readonly SeenMember[]): void {
    this.#picture = members;
    this.entries.push({ kind: "picture", members, at: performance.now() });
  }
}
