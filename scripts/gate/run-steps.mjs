import { runStep } from "./run-step.mjs";

const CORES = 2;

/** Runs the steps in their order, as many at once as fill two cores; prints a line for each, and every failure's output at the end. */
export async function runSteps(steps, { run = runStep, print = console.log } = {}) {
  const outcomes = [];
  const running = new Map();
  let free = CORES;
  for (const step of steps) {
    while (free < step.cores) await Promise.race(running.values());
    free -= step.cores;
    const ended = run(step).then((outcome) => {
      free += step.cores;
      running.delete(step);
      outcomes.push(outcome);
      print(line(outcome));
    });
    running.set(step, ended);
  }
  await Promise.all(running.values());
  for (const { name, output } of outcomes.filter(({ passed }) => !passed))
    print(`\n──── ${name} ────\n${output.trim()}`);
  return outcomes;
}

function line({ name, passed, seconds, output }) {
  const note = passed ? (output.match(/^note: .*$/m)?.[0] ?? "") : "";
  return `${passed ? "ok  " : "FAIL"}  ${name.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s  ${note}`.trimEnd();
}
