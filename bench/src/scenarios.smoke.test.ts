import { afterAll, beforeAll, expect, it } from "vitest";
import { buildPrograms, type Programs } from "./build.js";
import { webSocketBytes } from "./byte-formats.js";
import { CONTENDER_NAMES, type ContenderName } from "./contender-name.js";
import { ProfileRecorder } from "./profile/profile-recorder.js";
import type { BenchContext } from "./scenario.js";
import { bytes } from "./scenarios/bytes.js";
import { clientToClient } from "./scenarios/client-to-client.js";
import { SCENARIOS } from "./scenarios/scenarios.js";
import { resultsOf } from "./tables/goals-table.js";

const SOME: readonly ContenderName[] = ["ws", "Fourgate ws"];
const WITH_ALL = new Set(["client-to-client", "fan-out", "bytes"]);
const PATIENCE_MS = 120_000; // for a busy machine; seconds on a quiet one

let programs: Programs;
beforeAll(async () => {
  programs = await buildPrograms(true);
}, PATIENCE_MS);
afterAll(() => programs.remove());

const contextOf = (profiles?: ProfileRecorder): BenchContext => ({
  ...{ programs, contenders: CONTENDER_NAMES, scale: "smoke", repeats: 1, profiles },
  ...{ isLate: () => false, isOver: () => false, log: () => undefined },
});

it.each(SCENARIOS)("measures every case of $name", { timeout: PATIENCE_MS }, async (scenario) => {
  const contenders = WITH_ALL.has(scenario.name) ? CONTENDER_NAMES : SOME; // all of them once, not all of them everywhere
  const rows = await scenario.run({ ...contextOf(), contenders }, () => true);
  expect(rows.map(({ label }) => label)).toEqual(scenario.labels("smoke"));
  for (const { values } of rows) {
    expect([...values.keys()]).toEqual(expect.arrayContaining([...SOME]));
    for (const value of values.values()) expect(value).toSatisfy(Number.isFinite);
  }
  for (const { reached } of resultsOf(scenario, rows)) expect(reached).toMatch(/\d/);
});

it("measures only the cases that are wanted", { timeout: PATIENCE_MS }, async () => {
  const [label] = clientToClient.labels("smoke");
  const rows = await clientToClient.run({ ...contextOf(), contenders: ["ws"] }, (each) => each === label);
  expect(rows).toMatchObject([{ label }]);
});

it("counts exactly the bytes that a plain server writes per delivery", { timeout: PATIENCE_MS }, async () => {
  const [row] = await bytes.run({ ...contextOf(), contenders: ["ws", "Socket.IO", "SSE"] }, (label) => label === "with history"); // prettier-ignore
  const body = { channel: "bench.0", payload: { text: "x".repeat(89) } };
  const event = `data: ${JSON.stringify(body)}\n\n`;
  const chunk = `${event.length.toString(16)}\r\n${event}\r\n`;
  expect(row?.values.get("ws")).toBe(webSocketBytes(JSON.stringify({ type: "message", ...body })));
  expect(row?.values.get("Socket.IO")).toBe(webSocketBytes(`42${JSON.stringify(["message", body])}`));
  expect(row?.values.get("SSE")).toBe(chunk.length);
});

it("explains by a profile where the time goes", { timeout: PATIENCE_MS }, async () => {
  const profiles = new ProfileRecorder(programs.server);
  const [label] = clientToClient.labels("smoke");
  await clientToClient.run({ ...contextOf(profiles), contenders: ["ws", "Fourgate ws"] }, (each) => each === label);
  const [plain, ours] = await profiles.summaries("A test");
  expect(plain).toMatch(/^A test, ws: .* s of CPU, \d+ % of it in the kernel\nSelf time by group\n/);
  expect(plain).not.toContain(" ours\n");
  expect(ours).toMatch(/ours\n[\s\S]*packages\/core-realtime\/src\/server\//);
});
