// @vitest-environment node
import { Suspense } from "react";
import { renderToReadableStream } from "react-dom/server";
import { expect, it } from "vitest";
import { useQuery } from "../index.js";
import { queryNode } from "../testing/query-node.js";

/** What a server sends for a query, and what it logs. */
async function rendered(suspense: boolean) {
  const node = await queryNode([{ id: "a", body: "a" }]);
  function Notes() {
    const { records, status } = useQuery(node.query("notes"), { suspense });
    return <p>{`${records.length} ${status}`}</p>;
  }
  const errors: unknown[] = [];
  const page = (
    <Suspense fallback={<p>wait</p>}>
      <Notes />
    </Suspense>
  );
  const stream = await renderToReadableStream(page, { onError: (error) => void errors.push(error) });
  await stream.allReady;
  return { html: await new Response(stream).text(), errors, status: node.client.state.status };
}

it("renders on a server that nothing is known yet, and connects to nothing", async () => {
  const { html, errors, status } = await rendered(false);
  expect(html).toContain("<p>0 subscribing</p>");
  expect([errors, status]).toEqual([[], "idle"]);
});

it("leaves what waits to the browser: the server sends the fallback", async () => {
  const { html, errors, status } = await rendered(true);
  expect(html).toContain("<p>wait</p>");
  expect(errors).toMatchObject([{ message: "Use preloadQuery on servers." }]);
  expect(status).toBe("idle");
});
