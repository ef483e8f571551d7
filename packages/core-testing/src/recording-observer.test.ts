import { expect, it } from "vitest";
import { RecordingObserver } from "./recording-observer";

const failed = (where: string) => ({ kind: "failed", where, cause: undefined }) as const;

it("keeps what it was shown, and finds it by kind", () => {
  const observer = new RecordingObserver();
  observer.observe(failed("gate"));
  expect(observer.observations).toEqual([failed("gate")]);
  expect(observer.of("failed")).toEqual([failed("gate")]);
  expect(observer.of("connected")).toEqual([]);
});

it("returns what was seen already, else waits for it", async () => {
  const observer = new RecordingObserver();
  observer.observe(failed("gate"));
  expect(await observer.seen("failed")).toEqual(failed("gate"));
  const coming = observer.seen("failed", ({ where }) => where === "handler");
  observer.observe(failed("observer"));
  observer.observe(failed("handler"));
  expect(await coming).toEqual(failed("handler"));
});

it("passes one observation to all callers that wait for it", async () => {
  const observer = new RecordingObserver();
  const both = Promise.all([observer.seen("failed"), observer.seen("failed")]);
  observer.observe(failed("gate"));
  expect(await both).toEqual([failed("gate"), failed("gate")]);
});
