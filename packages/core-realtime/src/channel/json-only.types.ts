import { z } from "zod";
import { defineRealtimeChannel } from "./define-realtime-channel.js";

// Must compile, or must not: `tsc` is the test.
const fine = { name: "any", scope: "public" } as const;
const text = z.object({ text: z.string() });

defineRealtimeChannel({
  ...fine,
  payload: z.object({ at: z.iso.datetime(), list: z.array(z.object({ n: z.number() })).optional() }),
});
defineRealtimeChannel({
  ...fine,
  payload: { any: z.any(), unknown: z.unknown(), record: z.record(z.string(), z.json()) },
});
defineRealtimeChannel({
  ...fine,
  payload: text,
  inbound: z.object({ at: z.iso.datetime().transform((at) => new Date(at)) }),
});

// @ts-expect-error -- a string would arrive
defineRealtimeChannel({ ...fine, payload: z.object({ at: z.date() }) });
const deep = { moved: text, gone: z.object({ by: z.array(z.object({ at: z.date().nullable() })) }) };
// @ts-expect-error -- in one event of several, deep inside
defineRealtimeChannel({ ...fine, payload: deep });
// @ts-expect-error -- what a client is to send
defineRealtimeChannel({ ...fine, payload: text, inbound: z.object({ n: z.bigint() }) });
// @ts-expect-error -- what a handler returns
defineRealtimeChannel({ ...fine, payload: text, reply: z.set(z.string()) });
