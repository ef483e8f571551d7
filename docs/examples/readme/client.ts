// client.ts, in the browser: 6.3 kB gzipped
import { createRealtimeClient } from "fourgate/client";
import type { pollChannel } from "./server.js"; // a type: neither the schema nor the server reaches the bundle

const client = createRealtimeClient<typeof pollChannel>({ url: "/realtime" });
const poll = client.channel("polls.{pollId}", { pollId: "lunch" });
poll.on("tally", ({ yes, no }) => console.log(yes, no)); // in order and once, also after a lost connection
await poll.publish("vote", { answer: "yes" }); // waits while offline; resolves with the handler's reply
