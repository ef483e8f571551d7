import type { HistoryQuery } from "@repo/core-realtime";
import { Hold } from "@repo/core-testing";
import { expect, it } from "vitest";
import { boardUnderTest, card } from "../testing/board-under-test.js";
import { loadBoard } from "./load-board.js";

it("hands over the cards with a position of their channel", async () => {
  const { repository } = boardUnderTest();
  const made = await repository.create(card("a"));
  const position = { epoch: "e", offset: 7 };
  const asked: unknown[] = [];
  const history = {
    read: (channel: string, query: HistoryQuery) => (
      asked.push([channel, query]),
      { position, complete: true, messages: [] }
    ),
  };
  await expect(loadBoard({ tasks: repository, history })()).resolves.toEqual({ tasks: [made], position });
  expect(asked).toEqual([["entity:task", { kind: "position" }]]);
});

it("reads no card before it has the position, so that nothing falls between", async () => {
  const { repository } = boardUnderTest();
  const reading = new Hold();
  const read = async () => (
    await reading.pass(),
    { position: { epoch: "e", offset: 0 }, complete: true, messages: [] }
  );
  const loading = loadBoard({ tasks: repository, history: { read } })();
  await reading.reached;
  const made = await repository.create(card("a")); // committed, and published after the position: it must not be missing
  reading.release();
  await expect(loading).resolves.toMatchObject({ tasks: [made] });
});
