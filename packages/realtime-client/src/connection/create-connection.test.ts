import { expect, it, vi } from "vitest";
import { connectionUnderTest } from "../testing/connection-under-test.js";
import { ScriptedTransport, wireError } from "../testing/scripted-transport.js";

it("requests a token at each connect, and sends it", async () => {
  const tokens = ["first", "second"];
  const auth = vi.fn(() => tokens.shift());
  const { clock, transport, connect } = connectionUnderTest({ auth });
  await connect();
  transport.link.welcome();
  transport.link.break(1006);
  await clock.advanceAsync(1_000);
  expect(transport.links.map(({ request }) => request.token)).toEqual(["first", "second"]);
  expect(auth.mock.calls).toEqual([["connect"], ["connect"]]);
});

it("opens nothing with a token that comes after the attempt has ended", async () => {
  let give: (token: string) => void = () => undefined;
  const { clock, transport, connection, connect } = connectionUnderTest({
    auth: () => new Promise((resolve) => (give = resolve)),
  });
  await connect();
  connection.dispatch({ type: "disconnect" });
  give("late");
  await clock.advanceAsync(0);
  expect(transport.links).toEqual([]);
});

it("reports a token provider that throws, and tries again later", async () => {
  const auth = vi.fn(() => Promise.resolve("t")).mockRejectedValueOnce(new Error("no network"));
  const { clock, transport, connect, onError } = connectionUnderTest({ auth });
  await connect();
  expect(onError.mock.calls).toEqual([[new Error("no network")]]);
  expect(transport.links).toEqual([]);
  await clock.advanceAsync(1_000);
  expect(transport.links.length).toBe(1);
});

it("renews the identity in band when the server reports that it expires", async () => {
  const { clock, transport, connection, connect } = connectionUnderTest({ auth: (reason) => `token for ${reason}` });
  await connect();
  transport.link.welcome();
  transport.link.emit({ type: "expiring", expiresAt: 1 });
  await clock.advanceAsync(0);
  expect(transport.link.of("refresh")).toMatchObject([{ token: "token for expiring" }]);
  transport.link.reply("refresh", { userId: "tom" });
  expect(connection.state).toMatchObject({ status: "connected", userId: "tom" });
});

it("stays away after 45xx where the token is still the same", async () => {
  const { clock, transport, connection, connect } = connectionUnderTest({ auth: () => "same" });
  await connect();
  transport.link.welcome();
  transport.link.break(4520, wireError("SESSION_EXPIRED", { retry: "refresh" }));
  await clock.advanceAsync(3_600_000);
  expect(connection.state).toMatchObject({ status: "stopped", error: { code: "SESSION_EXPIRED" } });
  expect(transport.links.length).toBe(1);
});

it("comes back after 45xx with a new token: a sleeping tab's session has expired, its sign-in has not", async () => {
  const auth = vi.fn((reason: string) => (auth.mock.calls.length > 1 ? "fresh" : reason));
  const { clock, transport, connect } = connectionUnderTest({ auth });
  await connect();
  transport.link.welcome();
  transport.link.break(4520, wireError("SESSION_EXPIRED", { retry: "refresh" }));
  await clock.advanceAsync(0);
  expect(auth.mock.calls.map(([reason]) => reason)).toEqual(["connect", "refused", "connect"]);
  expect(transport.links.map(({ request }) => request.token)).toEqual(["connect", "fresh"]);
});

it("requests no token where no token would help", async () => {
  const auth = vi.fn(() => "t");
  const { clock, transport, connect } = connectionUnderTest({ auth });
  await connect();
  transport.link.break(4503, wireError("ORIGIN_REFUSED"));
  await clock.advanceAsync(60_000);
  expect(auth).toHaveBeenCalledOnce();
});

it("turns to the next transport when one closes before its first frame, and stays with one that works", async () => {
  const [first, second] = [new ScriptedTransport("first"), new ScriptedTransport("second")];
  const { clock, connection, connect } = connectionUnderTest({ transports: [first, second] });
  await connect();
  first.link.break(1006);
  await clock.advanceAsync(1_000);
  second.link.welcome();
  expect(connection.link?.transport).toBe("second");
  second.link.break(1006);
  await clock.advanceAsync(1_000);
  expect([first.links.length, second.links.length]).toEqual([1, 2]);
});

it("reports no lost network by the next transport once another one has reached the server, and what else is wrong once", async () => {
  const [first, second] = [new ScriptedTransport("first"), new ScriptedTransport("second")];
  const { clock, connect, onError } = connectionUnderTest({ transports: [first, second] });
  const noNetwork = new TypeError("fetch failed");
  await connect();
  first.link.welcome();
  first.link.break(1006);
  await clock.advanceAsync(1_000);
  first.link.break(1006);
  await clock.advanceAsync(2_000);
  second.link.report(noNetwork);
  second.link.break();
  expect(onError).not.toHaveBeenCalled();
  await clock.advanceAsync(3_000);
  first.link.break(1006);
  await clock.advanceAsync(6_000);
  for (const _ of [1, 2]) second.link.report(new Error("replied with 502"));
  expect(onError.mock.calls).toEqual([[new Error("replied with 502")]]);
});

it("reports a network that is not there from the start, once", async () => {
  const { clock, transport, connect, onError } = connectionUnderTest();
  const noNetwork = new TypeError("fetch failed");
  await connect();
  for (const _ of [1, 2]) {
    transport.link.report(noNetwork);
    transport.link.break();
    await clock.advanceAsync(5_000);
  }
  expect(onError.mock.calls).toEqual([[noNetwork]]);
});

it("ends an attempt that hangs, and begins another", async () => {
  const { clock, transport, connect } = connectionUnderTest();
  await connect();
  await clock.advanceAsync(15_000);
  expect(transport.link.isClosedByClient).toBe(true);
  await clock.advanceAsync(1_000);
  expect(transport.links.length).toBe(2);
});

it("reports a transport that cannot be made, and tries again later", async () => {
  const broken = { name: "broken", open: vi.fn(() => { throw new TypeError("no WebSocket here"); }) }; // prettier-ignore
  const { clock, connection, connect, onError } = connectionUnderTest({ transports: [broken] });
  await connect();
  expect(onError.mock.calls).toEqual([[new TypeError("no WebSocket here")]]);
  expect(connection.state.status).toBe("waiting");
  await clock.advanceAsync(300);
  expect(broken.open).toHaveBeenCalledTimes(2);
});

it("leaves neither link nor timer after a disconnect", async () => {
  const { clock, transport, connection, connect } = connectionUnderTest();
  await connect();
  transport.link.welcome();
  connection.dispatch({ type: "disconnect" });
  expect(transport.link.isClosedByClient).toBe(true);
  expect(clock.waiting).toBe(0);
});
