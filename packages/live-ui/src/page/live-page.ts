import type { RealtimeScope, RealtimeUser, Schema } from "@repo/core-realtime";
import type { TemplateResult } from "../template/template-result.js";
import type { AnyComponent, LiveComponent } from "./component.js";
import type { ParamName } from "./page-params.js";
import { PagePath } from "./page-path.js";

/** What every function of a page receives. */
export interface PageContext<Params> {
  /** Of the URL; checked by the page's `params` schema where it has one. */
  readonly params: Params;
  /** Who requests it now; null is an anonymous visitor. */
  readonly user: RealtimeUser | null;
  /** Aborts when the request is cancelled or the connection closes. */
  readonly signal: AbortSignal;
}

/** What `mount` receives. */
export interface MountContext<Params> extends PageContext<Params> {
  /** The query parameters of the URL; of several with one name, the last. */
  readonly query: Readonly<Record<string, string>>;
}

/** What an action receives. */
export interface ActionContext<Params, State, Input> extends PageContext<Params> {
  /** A copy: the action changes it in place. What an action that throws has changed is dropped. */
  readonly state: State;
  /** What the client sent, as the action's schema gives it. */
  readonly input: Input;
  /** Opens another page once the action is done. */
  navigate(url: string): void;
  /** Shows another URL of this page in the address bar, such as `"?q=lamp"`, without opening it. */
  replaceUrl(url: string): void;
  /** Clears forms by their ids: the server's value replaces what was typed. */
  reset(...formIds: readonly string[]): void;
}

/** Why an input does not fit: a sentence by the name of its field; `""` for the whole. */
export type InputIssues = Readonly<Record<string, string>>;

/** An action: the only way in which a client changes a page. */
export interface PageAction<Params, State, Input> {
  /** Values from forms and attributes are strings: coerce them. Without a schema the action receives no input. */
  readonly input?: Schema<unknown, Input>;
  /** Called instead of `run` where the input does not fit; left out: the action is refused with PAYLOAD_INVALID. */
  readonly invalid?: (context: ActionContext<Params, State, unknown> & { readonly issues: InputIssues }) => void;
  /** The action must not run twice, whatever a client repeats: needs a store, or `claims`. */
  readonly once?: boolean;
  /** Changes the state; an error that it throws is the client's refusal, and nothing has changed. */
  readonly run: (context: ActionContext<Params, State, Input>) => Promise<void> | void;
}

/** What a page may do while a connection shows it. */
export interface ConnectedContext<Params, State> extends PageContext<Params> {
  /** Loads and renders anew; what has changed is sent. */
  refresh(): void;
  /** Changes the state as an action does, and sends what has changed. */
  update(change: (state: State) => void): void;
}

/** A page as its author describes it. */
export interface PageDescription<Params, State, Data, Inputs> {
  /** Checks the values of the path, and may convert them; a URL that does not fit is not found. */
  readonly params?: Schema<unknown, Params>;
  /** The state between two actions: small plain data (JSON, Date, bigint, Map, Set, Uint8Array). Each field has a default or is set by mount. */
  readonly state: Schema<unknown, State>;
  /** Who may open it; default `"public"`. */
  readonly scope?: Exclude<RealtimeScope, { readonly userScoped: string }>;
  /** Throws a `RealtimeError` to refuse; called for each request, action and refresh. */
  readonly guard?: (context: PageContext<Params>) => Promise<void> | void;
  /** The first state, where it is more than the schema's defaults. */
  readonly mount?: (context: MountContext<Params>) => Promise<Partial<State>> | Partial<State>;
  /** Converts the stored state of an earlier schema; the result must fit. Default: the new schema reads that state, and where it does not fit, the page is mounted again. */
  readonly migrate?: (state: unknown) => unknown;
  /** Fields that `data-live-bind` may set. */
  readonly bind?: readonly (keyof State & string)[];
  /** Fields that are never sent to a client; the page needs a store then. */
  readonly serverOnly?: readonly (keyof State & string)[];
  /** What a client may do with it, by name. */
  readonly actions?: { readonly [Name in keyof Inputs]: PageAction<Params, State, Inputs[Name]> };
  /** Components with actions that run `once`, also those within others: which are placed is not known before the page is rendered. */
  readonly components?: readonly LiveComponent<never>[];
  /** What the page shows and does not keep: read again for each render. */
  readonly load?: (context: PageContext<Params> & { readonly state: State }) => Promise<Data> | Data;
  /** Runs for each connection that shows the page; what it returns runs at the end. */
  readonly connected?: (context: ConnectedContext<Params, State>) => (() => void) | undefined;
  /** The document's title; default: the layout's own. */
  readonly title?: (context: PageContext<Params> & { readonly state: State; readonly data: Data }) => string;
  /** Pure: the same state and data give the same template. */
  readonly render: (context: PageContext<Params> & { readonly state: State; readonly data: Data }) => TemplateResult;
}

/** A page, as hosts and channels use it: what its functions receive has been checked before. */
export interface LivePage {
  /** The pattern of its URLs. */
  readonly path: PagePath;
  /** As its author has written it. */
  readonly description: PageDescription<unknown, unknown, unknown, Readonly<Record<string, unknown>>>;
}

/** Every part of a page or component that has actions and state. */
export type StatefulPart = LivePage["description"] | AnyComponent;

/**
 * Describes a page that the server renders and keeps up to date.
 * @example
 * const counter = live("/counter", {
 *   state: z.object({ count: z.number().default(0) }),
 *   actions: { increment: { run: ({ state }) => void (state.count += 1) } },
 *   render: ({ state }) => html`<output id="count">${state.count}</output> <button data-live-click="increment">+</button>`,
 * });
 * @throws TypeError where the description cannot work.
 */
export function live<
  const Path extends string,
  State extends object,
  Params = Readonly<Record<ParamName<Path>, string>>,
  Data = undefined,
  Inputs extends Readonly<Record<string, unknown>> = Readonly<Record<never, unknown>>,
>(path: Path, description: PageDescription<Params, State, Data, Inputs>): LivePage {
  for (const name of Object.keys(description.actions ?? {})) checkActionName(path, name);
  return Object.freeze({
    path: new PagePath(path),
    description: description as unknown as LivePage["description"], // its schemas stand for the types that are dropped here
  });
}

/** The first action that runs `once`. */
export function onceIn(actions: Readonly<Record<string, { readonly once?: boolean }>> = {}): string | undefined {
  return Object.keys(actions).find((name) => actions[name]?.once);
}

const ACTION_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

export function checkActionName(where: string, name: string): void {
  if (ACTION_NAME.test(name)) return;
  throw new TypeError(`${where}: an action's name has letters, digits, "_" and "-", at most 64; not "${name}".`);
}
