import { expect, it } from "vitest";
import { hooks, mount } from "./testing/mount.js";
import { nodeUnderTest } from "./testing/node-under-test.js";

it("shows the connection's status, transport and latency, and disconnects it", async () => {
  const { client } = await nodeUnderTest();
  function Status() {
    const { state, transport, latencyMs, connect, disconnect } = hooks.useConnection();
    return (
      <>
        <p>{`${state.status} ${transport} ${latencyMs !== undefined && latencyMs < 1_000}`}</p>
        <button onClick={connect}>on</button>
        <button onClick={disconnect}>off</button>
      </>
    );
  }
  const { container } = mount(client, <Status />);
  const text = () => container.querySelector("p")?.textContent;
  const press = (name: string) =>
    [...container.querySelectorAll("button")].find(({ textContent }) => textContent === name)?.click();
  await expect.poll(text).toBe("idle undefined false");
  press("on");
  await expect.poll(text, { timeout: 2_500 }).toBe("connected memory true");
  press("off");
  await expect.poll(text).toBe("idle undefined false");
});
