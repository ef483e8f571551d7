import { useEffect, useLayoutEffect, useSyncExternalStore } from "react";
import { useClient } from "../client-context.js";
import { useKept } from "../use-kept.js";
import { CollectionStore, type CollectionReading } from "./collection-store.js";

/** Shows the rows that a channel tells of, one's own changes at once. */
export function useOptimisticCollection<Row>(
  template: string,
  params: Readonly<Record<string, string>> | undefined,
  reading: CollectionReading<Row>,
) {
  const client = useClient();
  const { name } = client.channel(template, params);
  const store = useKept({ client, name }, () => new CollectionStore(client, { template, params }, reading));
  useLayoutEffect(() => store.arrive(), [store]);
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot, store.firstSnapshot);
  const { preloaded } = reading;
  useEffect(() => store.renew(preloaded), [store, preloaded]);
  return { ...snapshot, collection: store.collection, publish: store.publish };
}
