import { expect, it } from "vitest";
import { INITIAL_STATE, type LiveState } from "../live/live-state";
import { gatesOf } from "./gates";

const mia = { userId: "mia", name: "Mia", roles: ["member"] };
const error = { code: "UNAUTHORIZED", message: "You may not use this channel. (news)", retry: "never" } as const;
const answers = (state: Partial<LiveState>) =>
  gatesOf({ ...INITIAL_STATE, ...state }, mia).map(({ tone, answer }) => `${tone}: ${answer}`);

it("says at first that nothing was asked", () => {
  expect(answers({})).toEqual([
    "wait: Knocking …",
    "idle: Nothing asked for",
    "idle: Nothing said yet",
    "idle: Nothing heard yet",
  ]);
});

it("tells who was let in, to how many channels, how fast, and what was heard", () => {
  const state: Partial<LiveState> = {
    link: { kind: "open", userId: "mia" },
    channels: { a: { kind: "joined" }, b: { kind: "joined" } },
    answer: { kind: "answered", ms: 3.4 },
    received: 1,
  };
  expect(answers(state)).toEqual([
    "open: Mia, member",
    "open: 2 let in",
    "open: Answered in 3 ms",
    "open: 1 message heard",
  ]);
});

it("tells a refusal in the server's own words", () => {
  const state: Partial<LiveState> = {
    link: { kind: "ended", error: { code: "EXPELLED", message: "The session was ended; sign in again." } },
    channels: { a: { kind: "joined" }, b: { kind: "refused", error } },
    answer: { kind: "refused", error },
  };
  expect(answers(state).slice(0, 3)).toEqual([
    "shut: The session was ended; sign in again.",
    "shut: 1 let in, 1 refused",
    "shut: You may not use this channel. (news)",
  ]);
});

it("calls a visitor a visitor", () => {
  const [connect] = gatesOf({ ...INITIAL_STATE, link: { kind: "open", userId: null } }, undefined);
  expect(connect?.answer).toBe("A visitor, no name given");
});
