import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/test-databases.js";
import { BusLog } from "./bus-log.js";

onEachDatabase((_name, open) => {
  it("reads from the beginning where transaction numbers have gone back, as after the crash of one connection's process", async () => {
    const { client } = await open();
    const log = new BusLog(client);
    const now = await log.now();
    const beforeCrash = { ...now, xmax: String(BigInt(now.xmax) + 1_000n) }; // the server's start is the same
    await client.query("insert into realtime.bus (topic, text) values ('a', 'after')");
    const received: string[] = [];
    const take = (texts: readonly { readonly text: string }[]) => void received.push(...texts.map(({ text }) => text));
    const position = await log.read(beforeCrash, ["a"], take);
    expect(received).toEqual(["after"]);
    await log.read(position, ["a"], take);
    expect(received).toEqual(["after"]);
  });
});
