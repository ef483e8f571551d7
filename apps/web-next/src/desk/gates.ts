import type { LiveState } from "../live/live-state";
import type { Viewer } from "./desk-model";

/** How a gate stands: passed, in doubt, refused, or not asked yet. */
export type Tone = "open" | "wait" | "shut" | "idle";

/** One gate, as text. */
export interface Gate {
  readonly name: string;
  readonly check: string;
  readonly outcome: string;
  readonly tone: Tone;
}

/** The four gates as they stand for this viewer. */
export function gatesOf(state: LiveState, viewer: Viewer | undefined): readonly Gate[] {
  return [
    { name: "Connect", check: "Who connects?", ...connect(state, viewer) },
    { name: "Subscribe", check: "May they subscribe?", ...subscribe(state) },
    { name: "Message", check: "May they send this?", ...message(state) },
    { name: "Broadcast", check: "Who may still receive it?", ...broadcast(state) },
  ];
}

type Outcome = Pick<Gate, "outcome" | "tone">;

function connect({ link }: LiveState, viewer: Viewer | undefined): Outcome {
  switch (link.kind) {
    case "connecting":
      return { tone: "wait", outcome: "Connecting …" };
    case "open":
      return {
        tone: "open",
        outcome: viewer ? `${viewer.name}, ${viewer.roles.join(" and ")}` : "A visitor, no name given",
      };
    case "waiting":
      return { tone: "wait", outcome: link.why };
    case "ended":
      return { tone: "shut", outcome: link.error.message };
  }
}

function subscribe({ channels }: LiveState): Outcome {
  const kinds = Object.values(channels).map(({ kind }) => kind);
  const joined = kinds.filter((kind) => kind === "joined").length;
  const refused = kinds.filter((kind) => kind === "refused" || kind === "left").length;
  if (joined + refused === 0) return { tone: "idle", outcome: "Nothing requested" };
  return {
    tone: refused > 0 ? "shut" : "open",
    outcome: refused > 0 ? `${joined} subscribed, ${refused} refused` : `${joined} subscribed`,
  };
}

function message({ reply }: LiveState): Outcome {
  if (!reply) return { tone: "idle", outcome: "Nothing sent yet" };
  if (reply.kind === "refused") return { tone: "shut", outcome: reply.error.message };
  return { tone: "open", outcome: `Replied in ${reply.ms < 1 ? "under 1" : Math.round(reply.ms)} ms` };
}

function broadcast({ received }: LiveState): Outcome {
  if (received === 0) return { tone: "idle", outcome: "Nothing received yet" };
  return { tone: "open", outcome: received === 1 ? "1 message received" : `${received} messages received` };
}
