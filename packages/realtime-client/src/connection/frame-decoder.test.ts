import type { ServerFrame } from "@repo/core-realtime";
import { expect, it, vi } from "vitest";
import { openDecoded } from "./frame-decoder.js";

it("writes out what a channel's number abbreviates, until the channel is left", () => {
  let receive: (frame: ServerFrame) => void = () => undefined;
  const sent = vi.fn();
  const transport = {
    name: "scripted",
    open: (_request: unknown, { onFrame }: { readonly onFrame: (frame: ServerFrame) => void }) => {
      receive = onFrame;
      return { send: sent, close: () => undefined };
    },
  };
  const onFrame = vi.fn();
  const link = openDecoded(transport, { url: "/", token: undefined }, { onFrame, onClose: () => undefined });
  receive({ type: "reply", id: "1", ok: true, result: { channel: "a", number: 7 } });
  const message = { m: 7, t: 1, p: { n: 1 } } as unknown as ServerFrame;
  receive(message);
  expect(onFrame.mock.lastCall).toMatchObject([{ type: "message", channel: "a", payload: { n: 1 } }]);
  link.send({ type: "unsubscribe", channel: "a" });
  expect(sent.mock.calls).toEqual([[{ type: "unsubscribe", channel: "a" }]]);
  onFrame.mockClear();
  receive(message); // was on its way
  expect(onFrame).not.toHaveBeenCalled();
});
