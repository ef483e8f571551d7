import type { RealtimeErrorCode } from "@repo/core-realtime";

/** A frame that no client of ours sends, and the code it is refused with. */
export interface HostileFrame {
  readonly name: string;
  readonly text: string;
  readonly code: RealtimeErrorCode;
}

const room = `"channel":"contract.rooms.1"`;
const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;

/** Malformed input, as text. */
export const hostileFrames: readonly HostileFrame[] = [
  invalid("text that is not JSON", "hello"),
  invalid("half a frame", `{"type":"message",${room}`),
  invalid("an empty frame", ""),
  invalid("a frame of NULs", "\0\0\0"),
  invalid("null", "null"),
  invalid("a number", "7"),
  invalid("a string", `"subscribe"`),
  invalid("an empty list", "[]"),
  invalid("a list of frames", `[{"type":"subscribe","id":"h",${room}}]`),
  invalid("an empty object", "{}"),
  invalid("an unknown frame type", `{"type":"shutdown","id":"h"}`),
  invalid("a frame that only servers send", `{"type":"left","id":"h",${room}}`),
  invalid("a type that is no string", `{"type":{"toString":7},"id":"h"}`),
  invalid("a type named after what every object has", `{"type":"constructor","id":"h"}`),
  invalid("an unsubscribe with nothing else", `{"type":"unsubscribe"}`),
  invalid("an unsubscribe without a channel", `{"type":"unsubscribe","id":"h"}`),
  invalid("a subscribe without a channel", `{"type":"subscribe","id":"h"}`),
  invalid("a message without a channel", `{"type":"message","id":"h","payload":{"text":"hi"}}`),
  invalid("a channel that is a number", `{"type":"subscribe","id":"h","channel":7}`),
  invalid("a channel that is an object", `{"type":"subscribe","id":"h","channel":{"name":"contract.rooms.1"}}`),
  invalid("a channel longer than any", `{"type":"subscribe","id":"h","channel":"${"c".repeat(5_000)}"}`),
  invalid("an id that is a number", `{"type":"unsubscribe","id":7,${room}}`),
  invalid("an id longer than 64", `{"type":"unsubscribe","id":"${"i".repeat(65)}",${room}}`),
  invalid("an event that is a list", `{"type":"message","id":"h",${room},"event":["message"],"payload":{}}`),
  invalid("a position that is a string", `{"type":"subscribe","id":"h",${room},"since":"yesterday"}`),
  invalid("a position before the first", `{"type":"subscribe","id":"h",${room},"since":{"epoch":"e","offset":-1}}`),
  invalid("a position between two", `{"type":"subscribe","id":"h",${room},"since":{"epoch":"e","offset":1.5}}`),
  invalid("a rewind of 0", `{"type":"subscribe","id":"h",${room},"rewind":0}`),
  invalid("a rewind of 101", `{"type":"subscribe","id":"h",${room},"rewind":101}`),
  invalid("a latest that is a text", `{"type":"subscribe","id":"h",${room},"latest":"yes"}`),
  invalid("a token that is an object", `{"type":"refresh","id":"h","token":{"userId":"sam"}}`),
  invalid("__proto__ in the frame", `{"type":"unsubscribe","id":"h",${room},"__proto__":{"isAdmin":true}}`),
  invalid("__proto__ in the payload", `{"type":"message","id":"h",${room},"payload":{"__proto__":{"text":"hi"}}}`),
  invalid(
    "a constructor's prototype in the payload",
    `{"type":"message","id":"h",${room},"payload":{"constructor":{"prototype":{"isAdmin":true}}}}`,
  ),
  invalid("10 000 lists in each other", `{"type":"message","id":"h",${room},"payload":${deep}}`),
  unknown("the name of what every object has", "constructor"),
  unknown("a template that is not filled in", "contract.rooms.{roomId}"),
  unknown("a name in a second spelling", "contract.rooms.%31"),
  unknown("a broken escape", "contract.rooms.%"),
  unknown("a name with a space behind it", "contract.lobby "),
  unknown("a room by its native name", "ch:contract.lobby"),
  unknown("a name with NUL", "contract.lobby\\u0000"),
];

function invalid(name: string, text: string): HostileFrame {
  return { name, text, code: "FRAME_INVALID" };
}

function unknown(name: string, channel: string): HostileFrame {
  return { name, text: `{"type":"subscribe","id":"h","channel":"${channel}"}`, code: "CHANNEL_UNKNOWN" };
}
