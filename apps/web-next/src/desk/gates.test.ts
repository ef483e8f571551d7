import { expect, it } from "vitest";
import { INITIAL_STATE, type LiveState } from "../live/live-state";
import { gatesOf } from "./gates";

const mia = { userId: "mia", name: "Mia", roles: ["member"] };
const error = { code: "UNAUTHORIZED", message: "You may not use this channel. (news)", retry: "never" } as const;
const outcomes = (state: Partial<LiveState>) =>
  gatesOf({ ...INITIAL_STATE, ...state }, mia).map(({ tone, outcome }) => `${tone}: ${outcome}`);

it("shows at first that nothing was requested", () => {
  expect(outcomes({})).toEqual([
    "wait: Connecting …",
    "idle: Nothing requested",
    "idle: Nothing sent yet",
    "idle: Nothing received yet",
  ]);
});

it("shows the user, the subscriptions, the time of the last reply, and the messages received", () => {
  const state: Partial<LiveState> = {
    link: { kind: "open", userId: "mia" },
    channels: { a: { kind: "joined" }, b: { kind: "joined" } },
    reply: { kind: "replied", ms: 3.4 },
    received: 1,
  };
  expect(outcomes(state)).toEqual([
    "open: Mia, member",
    "open: 2 subscribed",
    "open: Replied in 3 ms",
    "open: 1 message received",
  ]);
});

it("shows a refusal with the server's sentence", () => {
  const state: Partial<LiveState> = {
    link: { kind: "ended", error: { code: "EXPELLED", message: "The session was ended; sign in again." } },
    channels: { a: { kind: "joined" }, b: { kind: "refused", error } },
    reply: { kind: "refused", error },
  };
  expect(outcomes(state).slice(0, 3)).toEqual([
    "shut: The session was ended; sign in again.",
    "shut: 1 subscribed, 1 refused",
    "shut: You may not use this channel. (news)",
  ]);
});

it("calls a visitor a visitor", () => {
  const [connect] = gatesOf({ ...INITIAL_STATE, link: { kind: "open", userId: null } }, undefined);
  expect(connect?.outcome).toBe("A visitor, no name given");
});
