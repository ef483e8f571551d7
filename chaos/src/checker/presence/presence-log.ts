/** A member as shown to a watcher. */
export interface SeenMember {
  readonly connectionId: string;
  readonly userId: string | null;
  /** The name that the tab has sent; undefined before. */
  readonly tab: string | undefined;
  /** Milliseconds since 1970. */
  readonly joinedAt: number;
}

/** One event that a watcher received. */
export type PresenceEntry = { readonly at: number } & (
  | { readonly kind: "attached" }
  | { readonly kind: "refused" }
  | { readonly kind: "change"; readonly what: "join" | "leave"; readonly member: SeenMember; readonly tabs: number }
  /** Sent to it without a subscription. */
  | { readonly kind: "stray" }
  /** The members that it now lists. */
  | { readonly kind: "list"; readonly members: readonly SeenMember[] }
);

/** The events that one watcher received about the members, in order. */
export class PresenceLog {
  readonly entries: PresenceEntry[] = [];
  #list: readonly SeenMember[] = [];

  /** The members that it lists. */
  get list(): readonly SeenMember[] {
    return this.#list;
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

  listed(members: readonly SeenMember[]): void {
    this.#list = members;
    this.entries.push({ kind: "list", members, at: performance.now() });
  }
}
