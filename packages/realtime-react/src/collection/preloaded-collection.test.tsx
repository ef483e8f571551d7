import { readEntity, type EntityMessage } from "@repo/realtime-client/optimistic";
import { renderToString } from "react-dom/server";
import { expect, it } from "vitest";
import { preloadChannel, type Preloaded } from "../server.js";
import { hooks, hydrate, mount, page } from "../testing/mount.js";
import { nodeUnderTest, type Task } from "../testing/node-under-test.js";
import { taskList } from "../testing/test-channels.js";

function Tasks({ preloaded }: { readonly preloaded: Preloaded<readonly Task[]> }) {
  const { rows, isStale } = hooks.useOptimisticCollection(
    "entity:task",
    {},
    {
      key: ({ id }: Task) => id,
      version: ({ version }) => version,
      read: (message) => readEntity<Task>(message as EntityMessage<Task>),
      preloaded,
    },
  );
  return (
    <ul>
      {rows.map(({ id, title }) => (
        <li key={id}>{title}</li>
      ))}
      {isStale && " …"}
    </ul>
  );
}

it("paints preloaded rows, then what was published since", async () => {
  const { client, history, copy, put } = await nodeUnderTest();
  const preloaded = await preloadChannel(taskList, { history, load: copy });
  const html = renderToString(page(client, <Tasks preloaded={preloaded} />));
  await put("2", "zwei");
  const { painted, mended, text } = hydrate(client, <Tasks preloaded={preloaded} />, html);
  await expect.poll(text).toBe("onezwei");
  await put("3", "three");
  await expect.poll(text).toBe("onezweithree");
  expect(mended).toEqual([]);
  expect([...new Set(painted)].length).toBe(3);
  expect(painted[0]).toBe("<ul><li>one</li><li>two</li></ul>");
});

it("shows that rows are missing for good, and goes on from the next ones without losing what came since", async () => {
  const { client, history, copy, put } = await nodeUnderTest();
  const preload = () => preloadChannel(taskList, { history, load: copy });
  const preloaded = await preload();
  for (let count = 0; count <= 50; count += 1) await put("2", `two ${count}`); // more than the channel keeps
  const { text, draw } = mount(client, <Tasks preloaded={preloaded} />);
  await expect.poll(text).toBe("onetwo …");
  const next = await preload();
  await put("1", "uno");
  await expect.poll(text).toBe("unotwo …");
  draw(<Tasks preloaded={next} />);
  await expect.poll(text).toBe("unotwo 50");
  await put("2", "zwei");
  await expect.poll(text).toBe("unozwei");
});
