import type { RealtimeUser, Schema } from "@repo/core-realtime";
import { html } from "../template/html.js";
import { TemplateResult } from "../template/template-result.js";
import { checkActionName, onceIn, type ConnectedContext, type PageAction, type PageContext } from "./live-page.js";

/** A component as its author describes it: the shape of a page, with `props` where a page has `params`. */
export interface ComponentDescription<Props, State, Data, Inputs> {
  /** Small plain data, as a page's; each field has a default or is set by `initialState`. */
  readonly state: Schema<unknown, State>;
  /** The first state, where it is more than the schema's defaults. */
  readonly initialState?: (context: { readonly props: Props; readonly user: RealtimeUser | null }) => Partial<State>;
  /** Fields that `data-live-bind` may set. */
  readonly bind?: readonly (keyof State & string)[];
  /** What a client may do with it, by name. */
  readonly actions?: { readonly [Name in keyof Inputs]: PageAction<Props, State, Inputs[Name]> };
  /** What it shows and does not keep: read again for each render. */
  readonly load?: (context: PageContext<Props> & { readonly state: State }) => Promise<Data> | Data;
  /** Runs when a connection first shows the component; what it returns runs when it is shown no longer. */
  readonly connected?: (context: ConnectedContext<Props, State>) => (() => void) | undefined;
  /** Pure: the same state and data give the same template. */
  readonly render: (context: PageContext<Props> & { readonly state: State; readonly data: Data }) => TemplateResult;
}

/** A component, as `component` places it. */
export interface LiveComponent<Props> {
  /** Unique among the components of an app. */
  readonly name: string;
  /** An action of it that runs `once`. */
  readonly once: string | undefined;
  /** As its author has written it. */
  readonly description: ComponentDescription<Props, unknown, unknown, Readonly<Record<string, unknown>>>;
}

/** A component whose props have been checked by the compiler where it was placed. */
export type AnyComponent = LiveComponent<unknown>["description"];

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,31}$/;
const MAX_KEY = 64;

/**
 * Describes a part of pages that has a state and actions of its own.
 * @throws TypeError where the description cannot work.
 */
export function defineComponent<
  Props,
  State extends object,
  Data = undefined,
  Inputs extends Readonly<Record<string, unknown>> = Readonly<Record<never, unknown>>,
>(name: string, description: ComponentDescription<Props, State, Data, Inputs>): LiveComponent<Props> {
  if (!NAME.test(name)) throw new TypeError(`defineComponent("${name}"): a name has letters, digits, "_" and "-".`);
  for (const action of Object.keys(description.actions ?? {})) checkActionName(`defineComponent("${name}")`, action);
  return Object.freeze({
    name,
    once: onceIn(description.actions),
    description: description as unknown as LiveComponent<Props>["description"], // its schemas stand for the types that are dropped here
  });
}

/** A component in a template, until its content has been loaded. */
export class PlacedComponent extends TemplateResult {
  readonly component: LiveComponent<unknown>;
  readonly props: unknown;
  /** Name and key; the same as long as it is the same component. */
  readonly key: string;

  constructor(component: LiveComponent<unknown>, props: unknown, key: string) {
    const { strings, values } = html``;
    super(strings, values);
    this.component = component;
    this.props = props;
    this.key = key;
  }
}

let placed = 0;

/**
 * Places a component in a template: `${component(composer, { widgetId }, "main")}`. Only while `render` runs.
 * @param key Another component of this kind in the same page or component has another key.
 */
export function component<Props>(
  definition: LiveComponent<Props>,
  props: Props,
  key: string | number = "",
): TemplateResult {
  const text = String(key);
  if (text.length > MAX_KEY || /[/:\s]/.test(text))
    throw new TypeError(
      `component("${definition.name}"): a key has at most ${MAX_KEY} characters, without "/", ":" and spaces.`,
    );
  placed += 1;
  return new PlacedComponent(definition as LiveComponent<unknown>, props, `${definition.name}:${text}`);
}

/** How many components have been placed: a render that has placed none is not searched for them. */
export function componentsPlaced(): number {
  return placed;
}
