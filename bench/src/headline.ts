import type { ContenderName } from "./contender-name.js";
import { digits } from "./goal.js";
import type { Answer } from "./scenario.js";
import { ratioOf } from "./table.js";

/** The few lines that the repository's README quotes of a whole run: server CPU per delivery, as multiples of the plain libraries. */
export function headlineOf(answers: readonly Answer[]): string {
  const ratio = (scenario: string, label: string, name: ContenderName = "Fourgate ws") => {
    const row = answers.find((answer) => answer.scenario.name === scenario)?.rows.find((each) => each.label === label);
    return `**${digits(row && ratioOf(row, name))}×**`;
  };
  const fanOut = (inFlight: number, name?: ContenderName) =>
    ratio("fan-out", `1000 subscribers, 100 B, ${inFlight} in flight`, name);
  return [
    `To 1 000 subscribers of one channel, all gates and history positions on, a delivery costs ${fanOut(8)} less server CPU than on plain \`ws\``,
    `with 8 messages in flight, ${fanOut(128)} less with 128 and ${fanOut(1)} less with one; on Socket.IO, ${fanOut(8, "Fourgate Socket.IO")} less than on plain Socket.IO with 8.`,
    `On 1 000 channels of five it is ${ratio("many-channels", "1000 channels × 5")} less; at a moderate rate, the p99 of plain \`ws\` is ${ratio("latency", "p99")} ours.`,
    `[All tables, the goals that were missed, and how it is measured](bench/README.md).`,
  ].join("\n");
}
