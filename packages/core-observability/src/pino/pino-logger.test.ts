import { expect, it } from "vitest";
import { withCapture } from "../with-capture";
import { createPinoLogger, type PinoLoggerOptions } from "./pino-logger";

function logging(options: Omit<PinoLoggerOptions, "destination"> = {}) {
  const lines: Record<string, unknown>[] = [];
  const logger = createPinoLogger({ ...options, destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  return { logger, lines };
}

it("writes one line of JSON with level, name, sentence and fields", () => {
  const { logger, lines } = logging({ name: "orders" });
  logger.info({ orderId: "7" }, "shipped");
  expect(lines).toEqual([expect.objectContaining({ level: 30, name: "orders", msg: "shipped", orderId: "7" })]);
});

it("writes each level from the given one upwards", () => {
  const { logger, lines } = logging({ level: "debug" });
  for (const level of ["debug", "info", "warn", "error"] as const) logger[level]({}, level);
  expect(lines.map(({ level }) => level)).toEqual([20, 30, 40, 50]);
  const quiet = logging({ level: "warn" });
  for (const level of ["debug", "info", "warn", "error"] as const) quiet.logger[level]({}, level);
  expect(quiet.lines.map(({ level }) => level)).toEqual([40, 50]);
});

it("writes no secret, at any depth, in a list, or inside an error", () => {
  const { logger, lines } = logging();
  const secret = "hunter2";
  const headers = { Authorization: secret, cookie: secret, "set-cookie": [secret], accept: "text/html" };
  const error = Object.assign(new Error("refused", { cause: Object.assign(new Error("deep"), { token: secret }) }), {
    request: { headers },
  });
  logger.error(
    { password: secret, req: { headers, tokens: 3 }, users: [{ accessToken: secret }], err: error },
    "refused",
  );
  expect(JSON.stringify(lines)).not.toContain(secret);
  expect(lines[0]).toMatchObject({
    password: "[redacted]",
    req: { headers: { Authorization: "[redacted]", accept: "text/html" }, tokens: 3 },
    err: { message: "refused", request: { headers: { cookie: "[redacted]" } }, cause: { message: "deep" } },
  });
});

it("writes a captured error with its type, stack and cause", () => {
  const { logger, lines } = logging();
  const fail = withCapture(logger, { layer: "use-case" }, () => {
    throw new RangeError("not shipped", { cause: new Error("no stamps") });
  });
  expect(fail).toThrow(RangeError);
  expect(lines[0]).toMatchObject({
    layer: "use-case",
    msg: "use-case failed",
    err: { type: "RangeError", message: "not shipped", stack: expect.any(String), cause: { message: "no stamps" } },
  });
});
