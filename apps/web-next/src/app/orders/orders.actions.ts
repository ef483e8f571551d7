"use server";

import { headers } from "next/headers";
import {
  enablePattern,
  letReceiverAccept,
  redeliver,
  runUpdate,
  type OrderOutcome,
} from "../../server/orders/order-actions";
import type { UpdateResult } from "../../server/orders/order-desk";
import { theApp } from "../../server/the-app";

/** The staff's form: an UPDATE, committed or rolled back. */
export async function runUpdateAction(
  _before: OrderOutcome<UpdateResult> | null,
  form: FormData,
): Promise<OrderOutcome<UpdateResult>> {
  return runUpdate(theApp(), new Headers(await headers()), form);
}

/** The switch of the pattern. */
export async function enablePatternAction(isEnabled: boolean): Promise<OrderOutcome> {
  return enablePattern(theApp(), new Headers(await headers()), isEnabled);
}

/** "Deliver again" of one webhook. */
export async function redeliverAction(id: string): Promise<OrderOutcome<boolean>> {
  return redeliver(theApp(), new Headers(await headers()), id);
}

/** The switch of the demo's own receiver. */
export async function letReceiverAcceptAction(isAccepting: boolean): Promise<OrderOutcome> {
  return letReceiverAccept(theApp(), new Headers(await headers()), isAccepting);
}
