import { constants, setPriority } from "node:os";
import { setTimeout as passed } from "node:timers/promises";
import { TRANSPORTS } from "../transports";
import { hostileFrame } from "./hostile-frames";

const ABUSERS = 20;
const FRAMES_AT_ONCE = 5;
const PAUSE_MS = 20;
const BACK_MS = 100;

/** Twenty abusers in a process of their own: each sends 250 hostile frames a second, and reconnects when it is closed. */
const [name = "", port = "", ms = ""] = process.argv.slice(2);
const transport = TRANSPORTS.get(name);
if (!transport) throw new TypeError(`There is no transport "${name}".`);

const sent = { frames: 0, closes: 0 };
const until = performance.now() + Number(ms);
const isOn = () => performance.now() < until;
setPriority(constants.priority.PRIORITY_LOW); // they would be on other machines, and not take the node's processor
process.on("disconnect", () => process.exit());
process.send?.("ready");
await Promise.all(Array.from({ length: ABUSERS }, (_, n) => abuse(transport.linksTo(Number(port), `abuser-${n}`))));
process.send?.(sent);
process.disconnect?.();

async function abuse(open: ReturnType<NonNullable<typeof transport>["linksTo"]>): Promise<void> {
  let turn = 0;
  while (isOn()) {
    let isOpen = true;
    let isIn = false;
    const link = open({ onFrame: () => (isIn = true), onClose: () => (isOpen = false) });
    while (isOpen && isOn()) {
      for (let n = 0; isIn && n < FRAMES_AT_ONCE; n += 1) {
        link.send(hostileFrame((turn += 1)));
        sent.frames += 1;
      }
      await passed(PAUSE_MS);
    }
    link.cut();
    sent.closes += 1;
    await passed(BACK_MS);
  }
}
