/** What no client of Socket.IO's sends, as engine.io messages, in groups that one client can send in one go. */
export interface HostilePackets {
  readonly name: string;
  readonly packets: readonly (string | Uint8Array)[];
}

const body = `{"channel":"contract.lobby"}`;
const attachment = `{"_placeholder":true,"num":0}`;

export const hostilePackets: readonly HostilePackets[] = [
  {
    name: "packets that are none",
    packets: ["", "9", "hello", "null", "{}", "[]", "\0", "2", "2[", `2["subscribe",{`],
  },
  {
    name: "events that are no list of a name and a body",
    packets: ["2[]", `2{"0":"subscribe"}`, `2[[]]`, `2["subscribe",${body},${body}]`, `2["subscribe",${body}]trailing`],
  },
  {
    name: "bodies that are no object",
    packets: ["null", "7", "true", "[]", `"{}"`, `"{\\"type\\":\\"ping\\"}"`].map((json) => `2["subscribe",${json}]`),
  },
  { name: "names that are none", packets: ["7", "null", `{"toString":1}`, "[]"].map((json) => `2[${json},${body}]`) },
  {
    name: "names that Socket.IO reserves",
    packets: named("error", "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"),
  },
  {
    name: "names that mean something to a machine",
    packets: named("__proto__", "constructor", "toString", "frame", "decoded", "close", "ch:contract.lobby"),
  },
  {
    name: "a body with __proto__",
    packets: [`2["subscribe",{"__proto__":{"type":"ping"},"channel":"contract.lobby"}]`],
  },
  { name: "a body that names another type", packets: [`2["subscribe",{"type":"shutdown"}]`] },
  {
    name: "acknowledgements that were not requested",
    packets: ["37[]", `37{"length":1}`, "3", `3${"9".repeat(400)}[]`, `2${"9".repeat(400)}["subscribe",${body}]`],
  },
  { name: "a second CONNECT", packets: ["0"] },
  { name: "a CONNECT with a list", packets: ["0[]"] },
  { name: "other namespaces", packets: ["0/admin,", `2/admin,["subscribe",${body}]`, "1/admin,", "0/admin,{}"] },
  { name: "a CONNECT_ERROR from a client", packets: [`4{"message":"no"}`] },
  {
    name: "events that promise attachments",
    packets: [`51-["subscribe",${attachment}]`, `51000000000-["subscribe",${attachment}]`, `61-7[${attachment}]`],
  },
  { name: "attachments that keep coming", packets: Array.from({ length: 20 }, () => Uint8Array.of(1, 2, 3)) },
  { name: "a thousand names", packets: Array.from({ length: 1_000 }, (_, n) => `2["name-${n}",{}]`) },
  { name: "three thousand CONNECTs", packets: Array.from({ length: 3_000 }, () => "0") },
  { name: "five thousand packets", packets: Array.from({ length: 5_000 }, () => "2[]") },
  { name: "leaving and coming back on one connection", packets: ["1", "0", "1", "0"] },
];

function named(...names: readonly string[]): readonly string[] {
  return names.map((name) => `2["${name}",${body}]`);
}
