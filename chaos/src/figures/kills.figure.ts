import { runChaos } from "../chaos-run";
import type { Figure } from "./figure";

const KILLS = { short: 10, full: 300 };
const SECONDS = { short: 3, full: 30 };
const FAULT_EVERY_MS = 45;

/** Connections are killed while all senders publish; the chaos suite's checker counts. */
export const killsFigure: Figure = async (transport, scale) => {
  const report = await runChaos({ transport, seed: 300, seconds: SECONDS[scale], faultEveryMs: FAULT_EVERY_MS });
  const { kills, seen, silentGaps, doubles, violations } = report;
  const needless = violations.filter(({ invariant }) => invariant === "no needless gap").length;
  return [
    {
      figure: "connection kills, history on",
      bound: `≥ ${KILLS[scale]} kills: 0 lost, 0 doubled, no needless gap signal`,
      measured: `${kills} kills, ${seen} received: ${silentGaps} lost, ${doubles} doubled, ${needless} needless, ${violations.length} violations of any invariant`,
      isMet: kills >= KILLS[scale] && violations.length === 0,
    },
  ];
};
