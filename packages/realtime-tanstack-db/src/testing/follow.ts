import { createCollection } from "@tanstack/db";
import { vi } from "vitest";
import { realtimeCollectionOptions, type OwnMutation } from "../index.js";
import { PlayedChannel } from "./played-channel.js";

/** A row of the tests. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly version: number;
}

export const task = (id: string, title: string, version = 1): Task => ({ id, title, version });

export function deferred<Value>() {
  let settle: { resolve: (value: Value) => void; reject: (cause: unknown) => void } | undefined;
  const promise = new Promise<Value>((resolve, reject) => (settle = { resolve, reject }));
  return {
    promise,
    resolve: (value: Value) => settle?.resolve(value),
    reject: (cause: unknown) => settle?.reject(cause),
  };
}

/** A collection that follows a played channel, whose replies a test gives. */
export function follow(load: () => Promise<readonly Task[]>) {
  const channel = new PlayedChannel<Task>();
  const sent: OwnMutation<Task>[] = [];
  const replies: ReturnType<typeof deferred<Task | undefined>>[] = [];
  const onError = vi.fn();
  const collection = createCollection(
    realtimeCollectionOptions<Task, Parameters<typeof channel.emit>[0]>({
      getKey: ({ id }) => id,
      version: ({ version }) => version,
      channel,
      read: (message) => message,
      load,
      commit(mutation) {
        sent.push(mutation);
        const reply = deferred<Task | undefined>();
        replies.push(reply);
        return reply.promise;
      },
      onError,
      random: () => 0.5,
    }),
  );
  const titles = () => collection.toArray.map(({ title }) => title);
  return { channel, collection, sent, replies, onError, titles };
}

/** A collection that has loaded these rows. */
export async function following(...rows: readonly Task[]) {
  const stage = follow(async () => rows);
  const ready = stage.collection.preload();
  stage.channel.begin();
  await ready;
  return stage;
}
