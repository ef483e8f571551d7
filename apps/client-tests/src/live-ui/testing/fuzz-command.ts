import { parseArgs } from "node:util";
import { launchChromium } from "./chromium.js";
import { FUZZED_WAYS, runFuzz } from "./fuzz-run.js";

type WayName = keyof typeof FUZZED_WAYS;

const { values } = parseArgs({
  args: process.argv.slice(2).filter((word) => word !== "--"),
  options: {
    transitions: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
    way: { type: "string", multiple: true },
  },
});
const transitions = numberOf("transitions", values.transitions);
const seed = numberOf("seed", values.seed);
const ways = (values.way ?? Object.keys(FUZZED_WAYS)).map(wayOf);

console.log(`seed ${seed}`);
const browser = await launchChromium();
if (!browser) process.exit(1);
let isBroken = false;
for (const name of ways) {
  const started = performance.now();
  const { differences, errors, ...report } = await runFuzz(browser, FUZZED_WAYS[name], { seed, transitions });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${name}: ${report.transitions} transitions, ${differences.length} differences, ${seconds} s`);
  for (const problem of [...differences, ...errors]) console.error("✗", problem);
  isBroken ||= differences.length + errors.length > 0;
}
await browser.close();
process.exitCode = isBroken ? 1 : 0;

function wayOf(text: string): WayName {
  if (text in FUZZED_WAYS) return text as WayName; // it is one of the keys
  throw new TypeError(`--way ${text}: there are ${Object.keys(FUZZED_WAYS).join(", ")}.`);
}

function numberOf(option: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new TypeError(`--${option} ${text}: write a whole number.`);
}
