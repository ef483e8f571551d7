import { runChaos } from "../chaos-run";
import type { Figure } from "./figure";

const KILLS = { short: 10, full: 300 };
const SECONDS = { short: 3, full: 30 };
const FAULT_EVERY_MS = 45;

/** Connections are killed while everybody sends; the chaos suite's judge counts. */
export const killsFigure: Figure = async (transport, scale) => {
  const report = await runChaos({ transport, seed: 300, seconds: SECONDS[scale], faultEveryMs: FAULT_EVERY_MS });
  const { kills, seen, silentGaps, doubles, breaches } = report;
  const needless = breaches.filter(({ law }) => law === "no needless gap").length;
  return [
    {
      figure: "connection kills, history on",
      bound: `≥ ${KILLS[scale]} kills: 0 lost, 0 doubled, no needless gap signal`,
      measured: `${kills} kills, ${seen} received: ${silentGaps} lost, ${doubles} doubled, ${needless} needless, ${breaches.length} breaches of any law`,
      isMet: kills >= KILLS[scale] && breaches.length === 0,
    },
  ];
};
