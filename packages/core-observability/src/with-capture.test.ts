import { expect, it } from "vitest";
import { RecordingLogger } from "./testing/index";
import { withCapture } from "./with-capture";

const inner = { layer: "repository" };
const outer = { layer: "use-case" };

it("passes on arguments and result and logs nothing when all goes well", async () => {
  const logger = new RecordingLogger();
  expect(withCapture(logger, outer, (a: number, b: number) => a + b)(1, 2)).toBe(3);
  await expect(withCapture(logger, outer, async (a: number) => a)(1)).resolves.toBe(1);
  expect(logger.entries).toEqual([]);
});

it("logs a throw with its layer and cause, and throws the same error", () => {
  const logger = new RecordingLogger();
  const error = new Error("not shipped", { cause: new Error("no stamps") });
  const fail = withCapture(logger, outer, () => {
    throw error;
  });
  expect(fail).toThrow(error);
  expect(logger.entries).toEqual([
    { level: "error", fields: { layer: "use-case", err: error }, message: "use-case failed" },
  ]);
  expect(logger.entries[0]?.fields["err"]).toBe(error);
});

it("logs a rejection and rejects with the same error", async () => {
  const logger = new RecordingLogger();
  const error = new Error("not shipped");
  await expect(withCapture(logger, outer, () => Promise.reject(error))()).rejects.toBe(error);
  expect(logger.entries).toHaveLength(1);
});

it("logs an error once, in the innermost layer, however many wrappers it passes", async () => {
  const logger = new RecordingLogger();
  const error = new Error("not shipped");
  const fail = withCapture(
    logger,
    outer,
    withCapture(logger, inner, () => Promise.reject(error)),
  );
  await expect(fail()).rejects.toBe(error);
  expect(logger.entries.map(({ fields }) => fields["layer"])).toEqual(["repository"]);
});

it("logs two errors that look alike twice", () => {
  const logger = new RecordingLogger();
  const fail = withCapture(logger, outer, () => {
    throw new Error("not shipped");
  });
  expect(fail).toThrow("not shipped");
  expect(fail).toThrow("not shipped");
  expect(logger.entries).toHaveLength(2);
});

it("logs what is thrown without being an error", async () => {
  const logger = new RecordingLogger();
  await expect(withCapture(logger, outer, () => Promise.reject("no stamps"))()).rejects.toBe("no stamps");
  expect(logger.entries[0]?.fields).toEqual({ layer: "use-case", err: "no stamps" });
});

it("logs a refusal as the ordinary course of things, and as an error where something caused it", () => {
  const logger = new RecordingLogger();
  const refusal = (cause?: Error) =>
    Object.assign(new Error("Not now.", { cause }), { code: "REFUSED", toWire: () => ({}) });
  for (const error of [refusal(), refusal(new Error("the store is down"))])
    expect(
      withCapture(logger, outer, () => {
        throw error;
      }),
    ).toThrow(error);
  expect(logger.entries).toMatchObject([
    { level: "info", fields: { layer: "use-case", code: "REFUSED" }, message: "use-case refused: Not now." },
    { level: "error", message: "use-case failed" },
  ]);
});
