import { defineGenericChannel } from "@repo/core-realtime";
import { z } from "zod";
import type { LivePage } from "../page/live-page.js";
import { MAX_TOKEN_LENGTH } from "../state/page-tokens.js";

const MAX_NAME = 128;

/** An action, as a client sends it over its connection. */
const actionSchema = z.object({
  /** The action; null requests the current content. */
  a: z.string().max(MAX_NAME).nullable(),
  /** The component that it is an action of. */
  p: z.string().max(1_024).optional(),
  /** The input. */
  v: z.json().optional(),
  /** The client's number of this action. */
  r: z.int().min(0),
  /** The client's id of it, the same however often and over whatever it is sent. */
  i: z.string().max(MAX_NAME),
});

/** The reply to an action, or a push: `[number of the action or 0, ...entries]`. */
const patchSchema = z.custom<readonly unknown[]>((value) => Array.isArray(value));

/** The channel of a page: each instance of the page is an address of it. */
export function pageChannel({ path, description }: LivePage) {
  return defineGenericChannel({
    name: path.channelOf("{instance}"),
    scope: description.scope ?? "public",
    ask: z.object({ token: z.string().max(MAX_TOKEN_LENGTH) }),
    opening: z.object({ v: patchSchema }),
    inbound: actionSchema,
    payload: patchSchema,
    overflow: "close",
  });
}

export type PageChannel = ReturnType<typeof pageChannel>;
