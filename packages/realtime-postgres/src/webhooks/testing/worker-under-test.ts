import { FakeClock } from "@repo/core-testing";
import { expect, onTestFinished } from "vitest";
import type { SqlClient } from "../../client/sql-client.js";
import { WebhookWorker, type WebhookWorkerOptions } from "../webhook-worker.js";
import { WebhookReceiver } from "./webhook-receiver.js";

/** A receiver, closed after the test. */
export async function startReceiver(reply?: WebhookReceiver["reply"]): Promise<WebhookReceiver> {
  const receiver = await WebhookReceiver.start();
  if (reply) receiver.reply = reply;
  onTestFinished(() => receiver.close());
  return receiver;
}

/** A worker in a time that stands still: it is woken by notifications, by the end of a request, and by `pass`. */
export async function startWorker(client: SqlClient, options: Partial<WebhookWorkerOptions> = {}) {
  const clock = new FakeClock(Date.now() + 60_000); // ahead of the database's clock when a row is made
  const local = { allowHttp: true, allowAddresses: ["127.0.0.1"], random: () => 1, useOwnTime: true };
  const errors: unknown[] = [];
  const onError = (cause: unknown): number => errors.push(cause);
  const worker = new WebhookWorker({ client, clock, onError, ...local, ...options });
  onTestFinished(() => worker.close());
  await worker.start();
  /** Lets time pass when what runs has been recorded, so that a retry is due at an exact moment. */
  const pass = async (ms: number): Promise<void> => {
    await expect.poll(() => clock.waiting).toBe(1); // its timer: it has nothing to do
    clock.advance(ms);
  };
  return { worker, clock, errors, pass };
}
