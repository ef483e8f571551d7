// Builds the site into dist/, then reads what was built: a link or an anchor that leads nowhere ends the build with an error.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "vitepress";
import { deadLinks } from "./dead-links.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

execFileSync(process.execPath, [`${here}stage-pages.mjs`], { stdio: "inherit" });
await build(here);
const dead = deadLinks(`${here}dist`, process.env.DOCS_BASE ?? "/");
if (dead.length > 0) {
  console.error(dead.join("\n"));
  process.exitCode = 1;
}
