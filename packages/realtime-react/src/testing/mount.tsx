import type { RealtimeClient } from "@repo/realtime-client";
import { StrictMode, type ReactNode } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { onTestFinished } from "vitest";
import { createRealtimeHooks } from "../index.js";
import type { TestChannels } from "./test-channels.js";

export const hooks = createRealtimeHooks<TestChannels>();

type Client = RealtimeClient<TestChannels>;

/** The page around an element: strict, and with a client. */
export function page(client: Client, element: ReactNode): ReactNode {
  return (
    <StrictMode>
      <hooks.RealtimeProvider client={client}>{element}</hooks.RealtimeProvider>
    </StrictMode>
  );
}

/** Renders into a document of its own corner, as a browser would: without `act`, and all is taken away after the test. */
export function mount(client: Client, element: ReactNode) {
  const container = emptyContainer();
  const root = createRoot(container);
  root.render(page(client, element));
  return mounted(client, root, container);
}

/** Takes over what the server has rendered. */
export function hydrate(client: Client, element: ReactNode, html: string) {
  const container = emptyContainer();
  container.innerHTML = html;
  const painted: string[] = [html];
  new MutationObserver(() => painted.push(container.innerHTML)).observe(container, {
    childList: true,
    characterData: true,
    subtree: true,
  });
  const mended: unknown[] = [];
  const root = hydrateRoot(container, page(client, element), { onRecoverableError: (error) => mended.push(error) });
  return { ...mounted(client, root, container), painted, mended };
}

function mounted(client: Client, root: Root, container: HTMLElement) {
  const unmount = () => root.unmount();
  onTestFinished(() => {
    unmount();
    container.remove();
    client.disconnect();
  });
  return {
    container,
    unmount,
    text: () => container.textContent,
    draw: (element: ReactNode) => root.render(page(client, element)),
  };
}

function emptyContainer(): HTMLElement {
  const container = document.createElement("div");
  document.body.append(container);
  return container;
}

/** Some turns of the event loop later: whatever would have followed at once has followed. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve));
}
