import type { Socket } from "node:net";
import type { HostileInput, RawLink } from "@repo/core-testing/contracts";
import { clientFrame, OPCODE } from "./client-frame.js";

const BYTES: Readonly<Record<string, Buffer>> = {
  "a frame without a mask": clientFrame("{}", { isMasked: false }),
  "a continuation of nothing": clientFrame("{}", { opcode: OPCODE.continuation }),
  "a text that claims 2^62 bytes": clientFrame("{}", { claims: 2n ** 62n }),
  "text that is no UTF-8": clientFrame(Buffer.from([0xff, 0xfe])),
  "an unknown opcode": clientFrame("", { opcode: 7 }),
  "an HTTP request in the middle": Buffer.from("GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
  "a flood of pings": Buffer.concat(Array.from({ length: 5_000 }, () => clientFrame("x", { opcode: OPCODE.ping }))),
  "half a header": Buffer.from([0x81]),
};

/** Wrong bytes on the wire, past the client that would not write them. */
export function hostileBytesOn(socketOf: (link: RawLink) => Socket | undefined): readonly HostileInput[] {
  return Object.entries(BYTES).map(([name, bytes]) => ({ name, play: (link) => void socketOf(link)?.write(bytes) }));
}
