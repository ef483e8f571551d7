import { expect, it } from "vitest";
import { onEachDatabase } from "../testing/test-databases.js";

const URL_STEM = "https://hooks.example.com/";
const INSERT = "insert into realtime.channels (pattern, webhook_urls) values ('order:%', $1)";

onEachDatabase((_name, open) => {
  it("refuses a URL that an index could not hold, and more than twenty of them, where the row is written", async () => {
    const { client } = await open();
    const tooLong = [URL_STEM + "x".repeat(1_500)];
    await expect(client.query(INSERT, [tooLong])).rejects.toThrow(/at most 1500 are taken/);
    const many = Array.from({ length: 21 }, (_, number) => `${URL_STEM}${number}`);
    await expect(client.query(INSERT, [many])).rejects.toThrow(/at most 20 are taken/);
    await client.query(INSERT, [many.slice(1)]);
  });
});
