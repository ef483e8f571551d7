import type { ContenderName } from "./contender-name.js";
import { digits } from "./goal.js";
import type { Answer } from "./scenario.js";
import { ratioOf } from "./table.js";

/** The few lines that the repository's README quotes of a whole run. */
export function headlineOf(answers: readonly Answer[]): string {
  const ratio = (scenario: string, label: string, name: ContenderName = "Fourgate ws") => {
    const row = answers.find((answer) => answer.scenario.name === scenario)?.rows.find((each) => each.label === label);
    return `**${digits(row && ratioOf(row, name))}×**`;
  };
  const fanOut = (inFlight: number, name?: ContenderName) =>
    ratio("fan-out", `1000 subscribers, 100 B, ${inFlight} in flight`, name);
  return [
    "Deliveries per second of server CPU, with all gates, envelopes and history positions on, as multiples of the plain library in the same run:",
    `beside plain \`ws\`, to 1 000 subscribers of one channel, ${fanOut(8)} with 8 messages in flight, ${fanOut(128)} with 128 and ${fanOut(1)} with one;`,
    `on 1 000 channels of five ${ratio("many-channels", "1000 channels × 5")}; client to client, through every gate, ${ratio("client-to-client", "251 pairs")}.`,
    `Beside plain Socket.IO, ${fanOut(8, "Fourgate Socket.IO")} with 8 in flight.`,
    "[All tables, the goals met and missed, and how it is measured](bench/README.md).",
  ].join("\n");
}
