import { DEMO_PEOPLE } from "../src/server/demo-people";
import { crowd } from "./crowd";

// The demo with people of a crowd beside its own: presence lists 20 tabs of a person, and takes 100 messages a second from one.
const people = crowd(Number(process.env["CROWD"])).map((userId) => ({ userId, name: userId, roles: ["member"] }));
Array.prototype.push.apply(DEMO_PEOPLE, people);
await import("../server");
