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
// @ts-expect-error -- what a subscriber passes
defineRealtimeChannel({ ...fine, payload: text, ask: z.object({ since: z.date() }) });
// @ts-expect-error -- what a new subscriber receives
defineRealtimeChannel({ ...fine, payload: text, opening: z.object({ rows: z.map(z.string(), z.string()) }) });
// @ts-expect-error -- what belongs to a refusal, of one code of several
defineRealtimeChannel({ ...fine, payload: text, errors: { TAKEN: text, LATE: z.object({ at: z.date() }) } });
defineRealtimeChannel({
  ...fine,
  payload: text,
  ask: z.object({ since: z.iso.datetime().transform((at) => new Date(at)) }),
  opening: z.array(text),
  errors: { TAKEN: text },
});
