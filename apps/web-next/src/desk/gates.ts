import type { LiveState } from "../live/live-state";
import type { Viewer } from "./desk-model";

/** How a gate stands: passed, in doubt, refused, or not asked yet. */
export type Tone = "open" | "wait" | "shut" | "idle";

/** One gate, in words. */
export interface Gate {
  readonly name: string;
  readonly question: string;
  readonly answer: string;
  readonly tone: Tone;
}

/** The four gates as they stand for this viewer. */
export function gatesOf(state: LiveState, viewer: Viewer | undefined): readonly Gate[] {
  return [
    { name: "Connect", question: "Who is it?", ...connect(state, viewer) },
    { name: "Subscribe", question: "May they listen?", ...subscribe(state) },
    { name: "Message", question: "May they say this?", ...message(state) },
    { name: "Broadcast", question: "Who may still hear it?", ...broadcast(state) },
  ];
}

type Answer = Pick<Gate, "answer" | "tone">;

function connect({ link }: LiveState, viewer: Viewer | undefined): Answer {
  switch (link.kind) {
    case "connecting":
      return { tone: "wait", answer: "Knocking …" };
    case "open":
      return {
        tone: "open",
        answer: viewer ? `${viewer.name}, ${viewer.roles.join(" and ")}` : "A visitor, no name given",
      };
    case "waiting":
      return { tone: "wait", answer: link.why };
    case "ended":
      return { tone: "shut", answer: link.error.message };
  }
}

function subscribe({ channels }: LiveState): Answer {
  const kinds = Object.values(channels).map(({ kind }) => kind);
  const joined = kinds.filter((kind) => kind === "joined").length;
  const refused = kinds.filter((kind) => kind === "refused" || kind === "left").length;
  if (joined + refused === 0) return { tone: "idle", answer: "Nothing asked for" };
  return {
    tone: refused > 0 ? "shut" : "open",
    answer: refused > 0 ? `${joined} let in, ${refused} refused` : `${joined} let in`,
  };
}

function message({ answer }: LiveState): Answer {
  if (!answer) return { tone: "idle", answer: "Nothing said yet" };
  if (answer.kind === "refused") return { tone: "shut", answer: answer.error.message };
  return { tone: "open", answer: `Answered in ${answer.ms < 1 ? "under 1" : Math.round(answer.ms)} ms` };
}

function broadcast({ received }: LiveState): Answer {
  if (received === 0) return { tone: "idle", answer: "Nothing heard yet" };
  return { tone: "open", answer: received === 1 ? "1 message heard" : `${received} messages heard` };
}
