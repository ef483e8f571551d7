// Tries every row of "Works with": node try-hosts.mjs [--only node,hono] [--keep]. Needs a build of what is published.
import { parseArgs } from "node:util";
import { HOSTS } from "./hosts/hosts.mjs";
import { openTrial } from "./run/open-trial.mjs";

const { values } = parseArgs({ options: { only: { type: "string" }, keep: { type: "boolean" } } });
const names = values.only?.split(",") ?? HOSTS.map(({ name }) => name);
const unknown = names.filter((name) => !HOSTS.some((host) => host.name === name));
if (unknown.length > 0) throw new TypeError(`No host is called ${unknown.join(", ")}.`);

const trial = await openTrial({ keep: values.keep });
let failed = 0;
try {
  for (const host of HOSTS.filter(({ name }) => names.includes(name))) {
    const started = performance.now();
    const outcome = await trial.tryHost(host).then(
      () => "works",
      (error) => `FAILED: ${error.message}`,
    );
    if (outcome !== "works") failed += 1;
    console.log(`${host.title}: ${outcome} (${Math.round((performance.now() - started) / 1000)} s)`);
  }
} finally {
  await trial.close();
  if (values.keep) console.log(trial.folder);
}
console.log(`\n${names.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
