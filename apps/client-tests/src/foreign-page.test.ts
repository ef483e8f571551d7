import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { launchChromium } from "./live-ui/testing/chromium.js";
import { scriptPage } from "./script-page.js";
import { serverUp } from "./stage.js";

let browser: Browser | undefined;
beforeAll(async () => {
  browser = await launchChromium();
}, 30_000);
afterAll(() => browser?.close());

const PAGE = `
  import { createRealtimeClient } from "@repo/realtime-client";
  import { auto } from "@repo/realtime-client/auto";
  import { socketIo } from "@repo/realtime-client/socket-io";
  import { sse } from "@repo/realtime-client/sse";
  import { ws } from "@repo/realtime-client/ws";
  const transports = { ws, auto, "socket.io": socketIo, sse, "sse with cookies": () => sse({ credentials: "include" }) };
  globalThis.stateOf = (name, url, token) => new Promise((resolve) => {
    const client = createRealtimeClient({ url, transports: [transports[name]()], auth: () => token });
    client.on("error", (error) => client.state.status === "stopped" && resolve([error.code, client.state]));
    client.connect();
  });
`;

it.for(["ws", "auto", "socket.io", "sse", "sse with cookies"])(
  "stops over %s with the reason where the browser's page is of a foreign origin",
  { timeout: 60_000 },
  async (transport, { skip }) => {
    if (!browser) return skip("There is no Chromium.");
    const written = vi.spyOn(console, "error").mockImplementation(() => undefined);
    onTestFinished(() => written.mockRestore());
    const { origin } = await serverUp();
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    const url = await scriptPage(PAGE);
    await page.goto(url);
    const state = page.evaluate(([name, endpoint]) => (globalThis as unknown as Page).stateOf(name, endpoint, "mia"), [
      transport,
      `${origin}/realtime`,
    ] as const);
    expect(await state).toMatchObject([
      "ORIGIN_REFUSED",
      { status: "stopped", error: { code: "ORIGIN_REFUSED", retry: "never" } },
    ]);
    const foreign = new URL(url).origin;
    expect(written.mock.calls).toEqual([
      [
        expect.stringContaining(
          `realtime: Refused origin ${foreign}. Allow it with createRealtime({ origins: ["${foreign}"] }).`,
        ),
      ],
    ]);
  },
);

interface Page {
  stateOf(transport: string, url: string, token: string): Promise<unknown>;
}
