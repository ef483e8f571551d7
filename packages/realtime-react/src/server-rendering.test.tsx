// @vitest-environment node
import { Suspense } from "react";
import { renderToReadableStream } from "react-dom/server";
import { expect, it } from "vitest";
import { hooks, page } from "./testing/mount.js";
import { nodeUnderTest } from "./testing/node-under-test.js";

function Order({ suspense }: { readonly suspense: boolean }) {
  const { status, latest } = hooks.useChannel("orders.{orderId}.status", { orderId: "7" }, { suspense });
  const { state } = hooks.useConnection();
  return <p>{`${status} ${latest?.payload.status} ${state.status}`}</p>;
}

/** What a server sends for an element, and what it logs. */
async function rendered(suspense: boolean) {
  const { client, frames } = await nodeUnderTest();
  const errors: unknown[] = [];
  const element = (
    <Suspense fallback={<p>wait</p>}>
      <Order suspense={suspense} />
    </Suspense>
  );
  const stream = await renderToReadableStream(page(client, element), { onError: (error) => void errors.push(error) });
  await stream.allReady;
  return { html: await new Response(stream).text(), errors, frames, status: client.state.status };
}

it("renders on a server what is known there, and connects to nothing", async () => {
  const { html, errors, frames, status } = await rendered(false);
  expect(html).toContain("<p>subscribing undefined idle</p>");
  expect([errors, frames, status]).toEqual([[], [], "idle"]);
});

it("leaves what waits for a channel to the browser: the server sends the fallback", async () => {
  const { html, errors, frames } = await rendered(true);
  expect(html).toContain("<p>wait</p>");
  expect(html).not.toContain("subscribing");
  expect(errors).toMatchObject([{ message: expect.stringContaining("is subscribed to in the browser alone") }]);
  expect(frames).toEqual([]);
});
