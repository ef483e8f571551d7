import { createRealtimeClient } from "./index.js";
import { withEvents } from "./with-events.js";

// Must compile, or must not: `tsc` is the test.
const realtime = withEvents(createRealtimeClient({ url: "/realtime" }));

realtime.on<{ readonly text: string }>("my_event", ({ text, meta }) => [text.length, meta.timestamp.getTime()]);
realtime.on("INSERT_order", (payload) => console.log("New order:", payload));
realtime.on("disconnect", (reason) => reason.length);
realtime.on("error", ({ code, message }) => [code.length, message.length]);
realtime.on("connect_error", (error) => error.stack);

// @ts-expect-error no such field in the payload
realtime.on<{ readonly text: string }>("my_event", ({ status }) => status);
// @ts-expect-error a reason is a text
realtime.on("disconnect", (reason) => reason.code);
