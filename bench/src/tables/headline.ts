import type { ContenderName } from "../contender-name.js";
import type { ScenarioResult } from "../scenario.js";
import { digits } from "./goal.js";
import { ratioOf } from "./table.js";

/** One of ours, by default on `ws`, and what it is measured against, by default its plain library. */
interface Pair {
  readonly ours?: ContenderName | undefined;
  readonly against?: ContenderName;
}

/** The few lines that the repository's README quotes of a whole run. */
export function headlineOf(results: readonly ScenarioResult[]): string {
  const rowOf = (scenario: string, label: string) =>
    results.find((result) => result.scenario.name === scenario)?.rows.find((row) => row.label === label);
  const ratio = (scenario: string, label: string, pair: Pair = {}) => {
    const row = rowOf(scenario, label);
    return `**${digits(row && ratioOf(row, pair.ours ?? "Fourgate ws", pair.against))}×**`;
  };
  const fanOut = (inFlight: number, ours?: ContenderName) =>
    ratio("fan-out", `1000 subscribers, 100 B, ${inFlight} in flight`, { ours });
  const chat = (pair?: Pair) => ratio("client-to-client", "251 pairs, with ids", pair);
  const overhead = rowOf("bytes", "with history, beyond the payload")?.values.get("Fourgate ws");
  return [
    "Work per second of server CPU, with all gates, message ids and history positions on, as multiples of the plain library in the same run:",
    `beside plain \`ws\`, to 1 000 subscribers of one channel, ${fanOut(8)} with 8 messages in flight, ${fanOut(128)} with 128 and ${fanOut(1)} with one;`,
    `on 1 000 channels of five ${ratio("many-channels", "1000 channels × 5")}; client to client, through every gate, ${chat()}`,
    `(beside \`ws\` with the same checks written by hand ${chat({ against: "Hand-written ws" })}); connect and subscribe ${ratio("connect", "1000 more clients")}.`,
    `With 8 in flight, ${fanOut(8, "Fourgate Socket.IO")} beside plain Socket.IO and ${fanOut(8, "Fourgate SSE")} beside a plain SSE server.`,
    `A delivery adds **${digits(overhead)}** bytes to its payload.`,
    "[All tables, the goals met and missed, and how it is measured](bench/README.md).",
  ].join("\n");
}
