import { onEachDatabase } from "@repo/realtime-postgres/testing";
import { expect, it } from "vitest";
import { openRefreshNode, prepareHubs } from "./refresh-node-under-test.js";

onEachDatabase((_name, open) => {
  async function node() {
    const { client } = await open();
    await prepareHubs(client);
    const opened = await openRefreshNode(client);
    const load = () => opened.record(() => opened.db.query("select name from widgets where hub_id = $1", [1]));
    return { node: opened, load };
  }

  it("calls back once when something of what a load has read changes, and for nothing else", async () => {
    const { node: opened, load } = await node();
    const { result, watch } = await load();
    expect(result).toEqual([{ name: "Gate" }]);
    let calls = 0;
    watch(() => (calls += 1));
    await opened.write("update widgets set name = 'x' where id = 2"); // of another hub
    expect(calls).toBe(0);
    await opened.write("update widgets set name = 'x' where id = 1");
    await expect.poll(() => calls).toBe(1);
    await opened.write("update widgets set name = 'y' where id = 1");
    expect(calls).toBe(1); // it is loaded again before the next
  });

  it("calls back for a change between the load and the call", async () => {
    const { node: opened, load } = await node();
    const { watch } = await load();
    await opened.write("update widgets set name = 'x' where id = 1");
    let calls = 0;
    watch(() => (calls += 1));
    await expect.poll(() => calls).toBe(1);
  });

  it("forgets a load whose watch was undone", async () => {
    const { node: opened, load } = await node();
    const { watch } = await load();
    let calls = 0;
    const undo = watch(() => (calls += 1));
    expect(opened.census()).toEqual({ viewers: 1, waiting: 1 });
    undo();
    expect(opened.census()).toEqual({ viewers: 0, waiting: 0 });
    await opened.write("update widgets set name = 'x' where id = 1");
    expect(calls).toBe(0);
  });
});
