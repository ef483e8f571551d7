import { RealtimeError } from "@repo/core-realtime";
import type { LivePage, PageAction } from "../page/live-page.js";
import { issuesByField, parsedState, type PageStates } from "../page/page-states.js";
import type { ShownPart, Viewer } from "./page-content.js";

/** An action call of a client. */
export interface ActionCall {
  readonly action: string;
  /** The path of the component that it is an action of; left out: the page. */
  readonly part?: string | undefined;
  readonly input?: unknown;
}

/** The result of an action. */
export interface ActionOutcome {
  readonly states: PageStates;
  readonly navigate: string | undefined;
  readonly replaceUrl: string | undefined;
  /** Forms to be cleared. */
  readonly reset: readonly string[];
}

/** The page that an action is run on. */
export interface ActedPage {
  readonly page: LivePage;
  readonly states: PageStates;
  readonly parts: ReadonlyMap<string, ShownPart>;
  /** Called before an action that runs once, when its input fits; false: it has run. */
  readonly claim: (action: string) => Promise<boolean>;
}

/** An action that runs once has run before. */
export class HasRun extends Error {}

/** The action behind `data-live-bind`. */
export const BIND = "$bind";

/** Runs an action on a copy of the state. @throws RealtimeError where there is no such action, or its input does not fit. */
export async function runAction(
  { page, states, parts, claim }: ActedPage,
  call: ActionCall,
  viewer: Viewer,
): Promise<ActionOutcome> {
  const { part = "" } = call;
  const shown = parts.get(part);
  if (part !== "" && !shown) throw new RealtimeError("PAYLOAD_INVALID", { detail: "the page has no such component" });
  const description = shown ? shown.component.description : page.description;
  const before = part === "" ? states.page : states.parts[part];
  const state: object = structuredClone(before ?? {});
  let navigate: string | undefined;
  let replaceUrl: string | undefined;
  const reset: string[] = [];
  const context = {
    ...viewer,
    params: shown ? shown.props : viewer.params,
    state,
    navigate: (url: string) => void (navigate = webUrl(url)),
    replaceUrl: (url: string) => void (replaceUrl = webUrl(url)),
    reset: (...ids: readonly string[]) => void reset.push(...ids),
  };
  if (call.action === BIND) bind(description.bind ?? [], state, call.input);
  else {
    const action = actionOf(description.actions, call.action);
    const beforeRun = async () => {
      if (action.once && !(await claim(call.action))) throw new HasRun();
    };
    await run(action, call.input, { context, beforeRun });
  }
  const after = await checked(description.state, state, call.action);
  return { states: withState(states, part, after), navigate, replaceUrl, reset };
}

type AnyAction = PageAction<unknown, unknown, unknown>;
type AnyContext = Parameters<AnyAction["run"]>[0];

interface Run {
  readonly context: Omit<AnyContext, "input">;
  readonly beforeRun: () => Promise<void>;
}

async function run(action: AnyAction, given: unknown, { context, beforeRun }: Run): Promise<void> {
  const result = action.input ? await action.input["~standard"].validate(given ?? {}) : { value: undefined };
  if (!result.issues) {
    await beforeRun();
    return action.run({ ...context, input: result.value });
  }
  const issues = issuesByField(result.issues);
  if (action.invalid) return action.invalid({ ...context, input: given, issues });
  throw new RealtimeError("PAYLOAD_INVALID", { detail: Object.entries(issues).join("; ") });
}

function actionOf(actions: Readonly<Record<string, AnyAction>> | undefined, name: string): AnyAction {
  const action = actions && Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action) return action;
  throw new RealtimeError("PAYLOAD_INVALID", { detail: "the page has no such action" });
}

function bind(fields: readonly string[], state: object, input: unknown): void {
  const { field, value } =
    typeof input === "object" && input !== null ? (input as { field?: unknown; value?: unknown }) : {};
  if (typeof field !== "string" || !fields.includes(field))
    throw new RealtimeError("PAYLOAD_INVALID", { detail: "the page binds no such field" });
  Object.assign(state, { [field]: value });
}

/** A state that does not fit after an action is the author's mistake; after a binding it is the client's. */
async function checked(schema: AnyAction["input"] & object, state: object, action: string): Promise<object> {
  try {
    return await parsedState(schema, state);
  } catch (cause) {
    if (action === BIND || !(cause instanceof RealtimeError)) throw cause;
    throw new TypeError(`The action "${action}" left a state that does not fit its schema: ${cause.detail}`, { cause });
  }
}

/** The URL in ASCII, as a header carries it. @throws TypeError where it is a script, or no URL. */
function webUrl(url: string): string {
  const { protocol, origin, href, pathname, search, hash } = new URL(url, "http://page.invalid");
  if (origin === "http://page.invalid") return /^[?#]/.test(url) ? search + hash : pathname + search + hash;
  if (protocol === "http:" || protocol === "https:") return href;
  throw new TypeError(`"${url}" is no address of a page.`);
}

function withState(states: PageStates, part: string, state: object): PageStates {
  return part === "" ? { ...states, page: state } : { ...states, parts: { ...states.parts, [part]: state } };
}
