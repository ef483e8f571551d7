import { valueText } from "../value-text.js";
import type { ChannelState, RealtimeClient } from "@repo/realtime-client";
import { PerClient } from "../per-client.js";
import type { ChannelWanted } from "./channel-follower.js";

const PATIENCE_MS = 10_000; // then the page shows "subscribing" instead of the fallback
const KEPT_MS = 5_000; // until the component that waited listens itself; a component that never came back holds nothing

const WAITING = new PerClient<Waiting>();

/** What is waited for. */
interface Settling {
  subscribe(listener: { readonly change: (state: Pick<ChannelState, "status">) => void }): () => void;
}

interface Waiting {
  readonly ask: string | undefined;
  readonly promise: Promise<void>;
  /** The component that waited does not any more. */
  readonly release: () => void;
}

/** For Suspense: a promise until the server has replied to the subscribe; undefined where it has, and nobody waited. */
export function untilSubscribed(client: RealtimeClient, wanted: ChannelWanted): Promise<void> | undefined {
  const handle = client.channel(wanted.template, wanted.params, wanted.options);
  const of = { client, name: handle.name };
  const ask = valueText(wanted.options?.ask);
  const known = WAITING.get(of);
  if (known && known.ask === ask) return known.promise;
  known?.release();
  const isOther = ask !== undefined && handle.status !== "idle"; // a painted component has changed its ask, or has another
  if (isOther || isSettled(handle.state)) return undefined;
  if (typeof window === "undefined")
    throw new Error(
      `Channel "${of.name}" is subscribed to in the browser alone: the nearest <Suspense> shows its fallback.`,
    );
  return WAITING.getOrMake(of, () => ({ ask, ...wait(handle, () => WAITING.forget(of)) })).promise;
}

/** Waits for the reply to a subscribe, and stays subscribed for a while: the component that waited comes back. */
export function wait(handle: Settling, forget: () => void): Omit<Waiting, "ask"> {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  let isFinished = false;
  const stop = handle.subscribe({ change: (state) => isSettled(state) && finish() });
  const release = (): void => {
    clearTimeout(alarm);
    stop();
    forget();
    resolve();
  };
  const finish = (): void => {
    if (isFinished) return;
    isFinished = true;
    clearTimeout(alarm);
    alarm = setTimeout(release, KEPT_MS);
    resolve();
  };
  let alarm = setTimeout(finish, PATIENCE_MS);
  return { promise, release };
}

function isSettled({ status }: Pick<ChannelState, "status">): boolean {
  return status === "subscribed" || status === "refused";
}
