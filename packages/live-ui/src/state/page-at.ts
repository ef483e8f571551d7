import type { Claimer } from "./claim-quota.js";
import type { PageBinding, PageClaims } from "./page-claims.js";

/** A page that is opened. */
export interface OpenedPage extends PageBinding {
  readonly params: Readonly<Record<string, string>>;
  /** Of the state's schema; see `fingerprintOf`. */
  readonly fingerprint: string;
  /** From `newInstance`. The page is rendered, with ids made from it, before its digest is known. */
  readonly instance: string;
  /** Of the content that the browser shows. */
  readonly digest?: string | undefined;
  readonly state: unknown;
}

/** A page at one version of its state. A value: a later version does not change it. */
export interface PageAt {
  /** The token that the browser is to have. */
  readonly token: string;
  /** Version, fingerprint and digest are those of this state, in both modes. */
  readonly claims: PageClaims;
  readonly state: unknown;
  /** Keys of the last events that changed the state; empty where the state travels in the token. */
  readonly events: readonly string[];
}

/** What an action, or a new render, has made of a page. */
export interface StateChange {
  readonly state: unknown;
  /** Of the content that the browser shows from now on. */
  readonly digest?: string | undefined;
  /** Of the schema of `state`, where it was migrated from another one. */
  readonly fingerprint?: string | undefined;
  /** The client's id of the event, any text. */
  readonly eventId?: string | undefined;
}

/** An event that is about to run. */
export interface PageEvent {
  /** The client's id of it, any text. */
  readonly eventId?: string | undefined;
  /** Name of the action, where it is one that must not run twice. */
  readonly once?: string | undefined;
  /** Whose claim it is; left out: it is not counted. */
  readonly claimer?: Claimer | undefined;
}

export type CommitResult =
  /** `page` is the new version. */
  | { readonly outcome: "committed"; readonly page: PageAt }
  /** Another event was faster. Nothing was changed; `page` is the newest version, on which the action is to run again. */
  | { readonly outcome: "conflict"; readonly page: PageAt }
  /** This event has changed the state already. Nothing was changed now; `page` is the newest version. */
  | { readonly outcome: "repeated"; readonly page: PageAt }
  /** The state has expired, or the page was closed: mount it anew. */
  | { readonly outcome: "gone" };

/** Where states are between two requests. */
export interface IStateMode {
  open(page: OpenedPage): Promise<PageAt>;
  /** `claims` are those of `token`. Undefined where the state is not there, or the token is of the other mode. */
  restore(token: string, claims: PageClaims): Promise<PageAt | undefined>;
  commit(page: PageAt, change: StateChange): Promise<CommitResult>;
  renew(page: PageAt): Promise<PageAt>;
  /** With a token of this session. */
  bind(page: PageAt, session: string): Promise<PageAt>;
  close(page: PageAt): Promise<void>;
}
