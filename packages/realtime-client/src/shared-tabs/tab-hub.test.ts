import { expect, it } from "vitest";
import { ScriptedTransport, wireError } from "../testing/scripted-transport.js";
import { TabHub } from "./tab-hub.js";
import type { TabMessage } from "./tab-message.js";

/** A leader's part alone, with a server that is played by hand. */
function hubUnderTest() {
  const said: TabMessage[] = [];
  const real = new ScriptedTransport();
  const hub = new TabHub(real, { say: (message) => void said.push(message), listen: () => () => undefined });
  return { hub, real, said };
}

it("tells the server that the one tab leaves which it refused to look at, but had let in before", async () => {
  const { hub, real, said } = hubUnderTest();
  const subscribe = (id: string) => ({ type: "subscribe" as const, id, channel: "news" });
  hub.open({ kind: "open", link: "a", url: "/", token: "mia", identity: undefined });
  real.link.welcome();
  hub.say("a", subscribe("1"));
  real.link.answer("subscribe", { channel: "news" });
  hub.say("a", subscribe("2"));
  real.link.refuse("subscribe", wireError("OVERLOADED", { retry: "later" }));
  hub.say("a", { type: "unsubscribe", channel: "news" });
  expect(real.link.of("unsubscribe").length).toBe(1);
  expect(said).not.toContainEqual(expect.objectContaining({ frame: expect.objectContaining({ type: "left" }) }));
});
