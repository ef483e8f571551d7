import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile); // the registry is in this process: nothing may block it
const WORKSPACE = fileURLToPath(new URL("../..", import.meta.url));
const PUBLISHED = ["fourgate", "create-fourgate", "eslint-plugin-realtime"];

/** Packs what is published, and publishes the tarballs. Needs a build. Returns the tarballs' paths. */
export async function publishPackages({ folder, url }) {
  const packed = join(folder, "packed");
  mkdirSync(packed, { recursive: true });
  const filters = PUBLISHED.flatMap((name) => ["--filter", name]);
  await execute("pnpm", ["-r", ...filters, "pack", "--pack-destination", packed], { cwd: WORKSPACE });
  const userConfig = join(folder, "npmrc");
  writeFileSync(userConfig, `registry=${url}\n${url.replace(/^http:/, "")}:_authToken=loopback\n`);
  for (const tarball of readdirSync(packed)) {
    const args = [
      "publish",
      join(packed, tarball),
      "--userconfig",
      userConfig,
      "--provenance=false",
      "--registry",
      url,
    ];
    await execute("npm", args, { cwd: folder });
  }
  return readdirSync(packed).map((name) => join(packed, name));
}
