import type { ChannelState, RealtimeClient } from "@repo/realtime-client";
import { PerClient } from "../per-client.js";
import type { ChannelWanted } from "./channel-follower.js";

const PATIENCE_MS = 10_000; // then it is better to say "subscribing" than to go on hiding the page
const KEPT_MS = 5_000; // until the component that waited listens itself; a component that never came back holds nothing

const WAITING = new PerClient<Promise<void>>();

/** For Suspense: a promise until the server has answered the subscribe; undefined where it has, and nobody waited. */
export function untilAnswered(client: RealtimeClient, wanted: ChannelWanted): Promise<void> | undefined {
  const handle = client.channel(wanted.template, wanted.params, wanted.options);
  const of = { client, name: handle.name };
  const known = WAITING.get(of);
  if (known || isAnswered(handle.state)) return known;
  if (typeof window === "undefined")
    throw new Error(`Channel "${of.name}" is heard in the browser alone: the nearest <Suspense> shows its fallback.`);
  const wait = () =>
    new Promise<void>((resolve) => {
      const finish = (): void => {
        resolve();
        stop();
        clearTimeout(alarm);
        setTimeout(() => (release(), WAITING.forget(of)), KEPT_MS);
      };
      const release = handle.subscribe({});
      const stop = handle.subscribe({ change: (state) => isAnswered(state) && finish() });
      const alarm = setTimeout(finish, PATIENCE_MS);
    });
  return WAITING.getOrMake(of, wait);
}

function isAnswered({ status }: ChannelState<unknown>): boolean {
  return status === "subscribed" || status === "refused";
}
