import type { AttachOptions } from "@repo/realtime-client";
import { useEffect, useLayoutEffect, useSyncExternalStore } from "react";
import { useClient } from "../client-context.js";
import { useKept } from "../use-kept.js";
import { CollectionStore, type CollectionReading } from "./collection-store.js";
import { valueText } from "../value-text.js";

/** Shows the rows of a channel, local changes at once. */
export function useOptimisticCollection<Row>(
  template: string,
  params: Readonly<Record<string, string>> | undefined,
  { ask, ...reading }: CollectionReading<Row> & Pick<AttachOptions, "ask">,
) {
  const client = useClient();
  const { name } = client.channel(template, params);
  const store = useKept(
    { client, name, ask: valueText(ask) },
    () => new CollectionStore(client, { template, params, options: { ask } }, reading),
  );
  useLayoutEffect(() => store.arrive(), [store]);
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.firstSnapshot);
  const { preloaded } = reading;
  useEffect(() => store.renew(preloaded), [store, preloaded]);
  return { ...snapshot, collection: store.collection, publish: store.publish };
}
