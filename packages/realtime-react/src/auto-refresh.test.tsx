import { defineRealtimeChannel } from "@repo/core-realtime";
import { useState } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import { z } from "zod";
import { AutoRefresh, type RenderedNode } from "./auto-refresh.js";
import { mount } from "./testing/mount.js";
import { nodeUnderTest } from "./testing/node-under-test.js";

const reported = vi.fn();
beforeEach(() => void vi.stubGlobal("reportError", reported));
const standing = z.object({ isChanged: z.boolean() });
const channel = defineRealtimeChannel({
  name: "auto-refresh.{name}.{view}",
  scope: "public",
  ask: z.string(),
  opening: standing,
  payload: { changed: z.object({}) },
  inbound: { rendered: z.object({ token: z.string() }) },
  reply: standing,
});

/** A server whose page shows how often it was rendered. */
async function server() {
  const { realtime, client } = await nodeUnderTest();
  const asks: string[] = [];
  realtime.registry.register(channel, {
    opening: ({ ask }) => (asks.push(ask), { isChanged: false }),
    handler: () => ({ isChanged: false }),
  });
  let renders = 0;
  const render = (view = "a"): RenderedNode => {
    renders += 1;
    return { output: <p>{`${view} ${renders}`}</p>, token: `hub.${view}.${renders}` };
  };
  const change = (view = "a"): Promise<unknown> =>
    realtime.broadcaster.broadcast(channel.at({ name: "hub", view }), "changed", {});
  return { client, asks, render, change };
}

it("shows the first render, then what the server renders again, and keeps the state around and inside", async () => {
  const { client, asks, render, change } = await server();
  const first = render();
  const refresh = async (): Promise<RenderedNode> => {
    const { output, token } = render();
    return { output: <Box>{output}</Box>, token };
  };
  const { container, text } = mount(client, [
    <Counter key="around" />,
    <AutoRefresh key="page" page={{ ...first, output: <Box>{first.output}</Box> }} refresh={refresh} />,
  ]);
  await expect.poll(() => asks.length).toBeGreaterThan(0);
  expect(text()).toBe("0a 10");
  for (const button of container.querySelectorAll("button")) button.click();
  await expect.poll(text).toBe("1a 11");
  await change();
  await expect.poll(text).toBe("1a 21");
});

it("keeps what is shown while the next render is being made, and where it fails", async () => {
  const { client, asks, render, change } = await server();
  let fail: (cause: Error) => void = () => undefined;
  const { text } = mount(
    client,
    <AutoRefresh page={render()} refresh={() => new Promise((_resolve, reject) => (fail = reject))} />,
  );
  await expect.poll(() => asks.length).toBeGreaterThan(0);
  await change();
  await expect.poll(() => fail.length).toBe(1);
  expect(text()).toBe("a 1");
  fail(new Error("The server is away."));
  await expect.poll(() => reported).toHaveBeenCalledOnce();
  expect(text()).toBe("a 1");
});

it("takes the render that comes with a new page, and follows that one", async () => {
  const { client, asks, render, change } = await server();
  const [one, two] = [render("a"), render("b")];
  const { text, draw } = mount(client, <AutoRefresh page={one} refresh={async () => render("a")} />);
  await expect.poll(text).toBe("a 1");
  draw(<AutoRefresh page={two} refresh={async () => render("b")} />);
  await expect.poll(text).toBe("b 2");
  await expect.poll(() => asks.at(-1)).toBe(two.token);
  await change("b");
  await expect.poll(text).toBe("b 3");
});

function Counter() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>{count}</button>;
}

function Box({ children }: { readonly children: React.ReactNode }) {
  return (
    <div>
      {children}
      <Counter />
    </div>
  );
}
