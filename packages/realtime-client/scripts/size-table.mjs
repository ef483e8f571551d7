// Measures this client beside its peers and writes the table into the README, between its two marks.
//   node scripts/size-table.mjs            measures all; the peers are installed into a temporary folder
//   node scripts/size-table.mjs --check    fails where the README no longer holds for this client's own rows
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measureBundle } from "./measure-bundle.mjs";

const README = new URL("../README.md", import.meta.url);
const CLIENT = `export { createRealtimeClient } from "@repo/realtime-client";`;
const REACT = fileURLToPath(new URL("../../realtime-react", import.meta.url));

/** What an app writes for each line of ours, and in which package's surroundings where not in this one's. */
const OURS = [
  ["with WebSockets", CLIENT],
  ["and SSE, by choice", `${CLIENT} export { auto } from "@repo/realtime-client/auto";`],
  [
    "and an outbox that outlives a reload, over WebSockets",
    `${CLIENT} export { indexedDbOutbox } from "@repo/realtime-client/outbox";`,
  ],
  [
    "and presence, and optimistic state",
    `${CLIENT} export { auto } from "@repo/realtime-client/auto"; export { joinPresence } from "@repo/realtime-client/presence";
     export { followChannel, OptimisticCollection, OptimisticValue } from "@repo/realtime-client/optimistic";`,
  ],
  [
    "and one connection for all tabs, and the event-style surface: everything",
    `${CLIENT} export { auto } from "@repo/realtime-client/auto"; export { joinPresence } from "@repo/realtime-client/presence";
     export { followChannel, OptimisticCollection, OptimisticValue } from "@repo/realtime-client/optimistic";
     export { sharedTabs } from "@repo/realtime-client/shared-tabs"; export { withEvents } from "@repo/realtime-client/events";`,
  ],
  [
    "as React hooks, with WebSockets, presence and optimistic state, beside React itself",
    `${CLIENT} export { createRealtimeHooks } from "@repo/realtime-react"; export { readEntity } from "@repo/realtime-client/optimistic";`,
    REACT,
  ],
  [
    "the same, and live queries with mutations",
    `${CLIENT} export { createRealtimeHooks, useQuery, useQueryOne, useCount } from "@repo/realtime-react";
     export { readEntity } from "@repo/realtime-client/optimistic"; export { createMutations, createQueries } from "@repo/realtime-client/query";`,
    REACT,
  ],
];

/** Peers by name and version, with the least that an app imports to connect. */
const PEERS = [
  ["graphql-ws", "6.4.2", `export { createClient } from "graphql-ws/client";`],
  ["partysocket", "1.3.0", `export { WebSocket } from "partysocket";`],
  ["phoenix", "1.8.16", `export { Socket } from "phoenix";`],
  ["@rails/actioncable", "8.1.400", `export { createConsumer } from "@rails/actioncable";`],
  ["socket.io-client", "4.8.4", `export { io } from "socket.io-client";`],
  ["pusher-js", "8.6.0", `export { default } from "pusher-js";`],
  ["@supabase/realtime-js", "2.119.1", `export { RealtimeClient } from "@supabase/realtime-js";`],
  ["centrifuge", "5.8.0", `export { Centrifuge } from "centrifuge";`],
  ["ably", "2.28.0", `export { Realtime } from "ably";`],
  ["@upstash/realtime", "1.1.0", `export * from "@upstash/realtime/client";`],
];

/** What peers need beside them. */
const COMPANIONS = ["zod@4.6.7"];

/** Lines of ours, measured on the sources, as `src/bundle.test.ts` does. */
async function ourLines() {
  const lines = [];
  for (const [what, code, folder] of OURS) {
    const { bytes, gzip } = await measureBundle(code, ["@repo/source"], folder);
    lines.push(`| **ours**, ${what} | ${kB(bytes)} | **${kB(gzip)}** |`);
  }
  return lines;
}

async function peerLines() {
  const folder = mkdtempSync(join(tmpdir(), "fourgate-peers-"));
  try {
    writeFileSync(join(folder, "package.json"), "{}");
    const packages = PEERS.map(([name, version]) => `${name}@${version}`);
    const flags = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--legacy-peer-deps"];
    execFileSync("npm", ["install", ...flags, ...packages, ...COMPANIONS], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
    const lines = [];
    for (const [name, version, code] of PEERS) {
      const { bytes, gzip } = await measureBundle(code, [], folder);
      lines.push({ gzip, line: `| ${name} ${version} | ${kB(bytes)} | ${kB(gzip)} |` });
    }
    return lines.sort((a, b) => a.gzip - b.gzip).map(({ line }) => line);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Thousands of bytes, as size-limit counts them. */
function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

const [before, after] = ["<!-- size-table -->\n", "<!-- /size-table -->"];
const readme = readFileSync(README, "utf8");
const [from, to] = [readme.indexOf(before) + before.length, readme.indexOf(after)];
const ours = await ourLines();
if (process.argv.includes("--check")) {
  const shown = readme.slice(from, to).replace(/ +/g, " "); // a formatter has aligned the columns
  const missing = ours.filter((line) => !shown.includes(line));
  if (missing.length > 0) {
    console.error(
      `The size table in README.md is out of date; run: node scripts/size-table.mjs\n${missing.join("\n")}`,
    );
    process.exit(1);
  }
} else {
  const head = ["| client | minified | gzip |", "| --- | --- | --- |"];
  const table = [...head, ...ours, ...(await peerLines())].join("\n");
  writeFileSync(README, `${readme.slice(0, from)}\n${table}\n\n${readme.slice(to)}`);
  console.log(table);
}
