import { expect, it, vi } from "vitest";
import { connectionUnderTest } from "../testing/connection-under-test.js";
import { wireError } from "../testing/scripted-transport.js";

it("subscribes again with back-off for the token that a refused session needs, and connects once it is there", async () => {
  const auth = vi.fn(async (reason: string) => reason);
  const { clock, transport, connection, connect, onError } = connectionUnderTest({ auth });
  await connect();
  transport.link.welcome();
  for (const cause of ["first", "second"]) auth.mockRejectedValueOnce(new Error(cause));
  transport.link.break(4520, wireError("SESSION_EXPIRED", { retry: "refresh" }));
  await clock.advanceAsync(0);
  expect(connection.state).toMatchObject({ status: "waiting", error: { code: "SESSION_EXPIRED" } });
  await clock.advanceAsync(5_000);
  expect(auth.mock.calls.map(([reason]) => reason)).toEqual(["connect", "refused", "refused", "refused", "connect"]);
  expect(onError.mock.calls).toEqual([[new Error("first")], [new Error("second")]]);
  transport.link.welcome();
  expect(connection.state.status).toBe("connected");
});

it("subscribes again where the token that a refused session needs never comes", async () => {
  const auth = vi.fn((reason: string) => (reason === "refused" ? new Promise<string>(() => undefined) : reason));
  const { clock, transport, connection, connect } = connectionUnderTest({ auth });
  await connect();
  transport.link.welcome();
  transport.link.break(4520, wireError("SESSION_EXPIRED", { retry: "refresh" }));
  await clock.advanceAsync(20_000);
  expect(auth.mock.calls.filter(([reason]) => reason === "refused").length).toBe(2);
  expect(connection.state.status).toBe("waiting");
});

it("backs off where each new token is refused as well", async () => {
  const auth = vi.fn(() => `${auth.mock.calls.length}`);
  const { clock, transport, connect } = connectionUnderTest({ auth });
  await connect();
  for (let second = 0; second < 30; second += 1) {
    if (!transport.link.isClosedByClient)
      transport.link.break(4501, wireError("UNAUTHENTICATED", { retry: "refresh" }));
    await clock.advanceAsync(1_000);
  }
  expect(transport.links.length).toBeLessThan(20);
});

it("opens the attempt anew at a refresh() while connecting, with the token of then", async () => {
  let token = "mia";
  const { clock, transport, connection, connect } = connectionUnderTest({ auth: () => token });
  await connect();
  token = "bob";
  await connection.refresh();
  await clock.advanceAsync(0);
  expect(transport.links.map(({ request }) => request.token)).toEqual(["mia", "bob"]);
  expect(transport.links[0]?.isClosedByClient).toBe(true);
});
