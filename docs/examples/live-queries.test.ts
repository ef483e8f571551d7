import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { isConflict, type QuerySnapshot } from "@repo/realtime-client/query";
import { onEachDatabase, run, type OpenTestDatabase } from "@repo/realtime-postgres/testing";
import { WebSocket } from "undici";
import { expect, it, onTestFinished, vi } from "vitest";
import { openAnnotations, type Database } from "./annotation-client";
import { startNode } from "./annotation-node";
import { blocksOfPage, page, sqlOfPage } from "./sql-of-page";

vi.stubGlobal("WebSocket", WebSocket); // as browsers have it, and Node since 22
vi.setConfig({ testTimeout: 60_000 });

const README = "../packages/live-query/README.md";
const PROTOCOL = "../packages/live-query/PROTOCOL.md";
const HTTP = "guides/records-over-http.md";
const MIA = "a0000000-0000-4000-8000-000000000001";
const SAM = "b0000000-0000-4000-8000-000000000002";
const PUBLIC = "grant usage on schema public to public"; // as every Postgres has it, and a PGlite that was emptied has not

type Annotation = Database["annotations"]["row"];

async function openNode(open: OpenTestDatabase) {
  const { client } = await open();
  await run(client, PUBLIC, ...sqlOfPage(README));
  const node = await startNode(client, 0);
  onTestFinished(() => node.close());
  if (!node.httpServer.listening) await once(node.httpServer, "listening");
  const { port } = node.httpServer.address() as AddressInfo;
  const enter = (token: string) => {
    const opened = openAnnotations({ url: `http://127.0.0.1:${port}/realtime`, token });
    onTestFinished(() => opened.client.disconnect());
    return opened;
  };
  return { client, port, enter };
}

it.each(["annotation-node.ts", "annotation-client.ts"])("is the code of %s that the README shows", (file) => {
  expect(page(README)).toContain(readFileSync(new URL(file, import.meta.url), "utf8"));
});

it("has the digests that PROTOCOL.md gives", () => {
  const shown = [...page(PROTOCOL).matchAll(/`(\{[^`]*\})` (?:it )?is `([0-9a-z]+)`/g)].map(([, text = "", of]) => [
    text,
    of,
  ]);
  expect(shown.length).toBe(2);
  expect(shown).toEqual(shown.map(([text = ""]) => [text, digest(text)]));
});

onEachDatabase((_, open) => {
  it("exchanges the frames that PROTOCOL.md shows", async () => {
    const { port } = await openNode(open);
    const have = digest(JSON.stringify({ id: "0190a000-0000-7000-8000-000000000001", body: "Better" }));
    const lines = [...page(PROTOCOL).matchAll(/^([→←]) (.*)$/gm)].map(([, sign, text = ""]) => ({ sign, text }));
    expect(lines.length).toBeGreaterThan(16);
    const token = `fourgate.token.${Buffer.from(MIA).toString("base64url")}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/realtime`, ["fourgate.v2", token]);
    onTestFinished(() => socket.close());
    const frames: Record<string, unknown>[] = [];
    socket.onmessage = ({ data }) => void frames.push(JSON.parse(String(data)));
    await expect.poll(() => frames.shift()?.["type"]).toBe("connected");
    for (const { sign, text } of lines)
      if (sign === "→") socket.send(text.replace("HAVE", have));
      else {
        await expect.poll(() => frames.length).toBeGreaterThan(0);
        const { t: _time, i: _id, ...frame } = frames.shift() ?? {};
        expect(frame).toEqual(shapeOf(JSON.parse(text)));
      }
    expect(frames).toEqual([]);
  });

  it("does what the README's first use says", async () => {
    const { client, enter } = await openNode(open);
    const [mia, sam] = [enter(MIA), enter(SAM)];
    const thread = ({ query }: typeof mia) =>
      query("annotations").where("widget_id", 7).orderBy("created_at", "DESC").limit(50);
    expect(thread(mia).node).toEqual({
      table: "annotations",
      where: { and: [["widget_id", "=", 7]] },
      orderBy: [["created_at", "desc"]],
      limit: 50,
    }); // as the README preloads it
    const [ofMia, ofSam]: QuerySnapshot<Annotation>[][] = [[], []];
    thread(mia).watch((snapshot) => void ofMia?.push(snapshot));
    thread(sam).watch((snapshot) => void ofSam?.push(snapshot));
    await expect.poll(() => [ofMia?.at(-1)?.status, ofSam?.at(-1)?.status]).toEqual(["subscribed", "subscribed"]);

    const created = await mia.createRecord("annotations", { widget_id: 7, body: "Nice" });
    expect(created).toMatchObject({ actor_id: MIA, body: "Nice", version: 1 });
    expect(ofMia?.at(-1)?.rows).toEqual([created]);
    await client.query("update annotations set body = 'from psql', version = version + 1");
    await expect.poll(() => ofMia?.at(-1)?.rows.map(({ body }) => body)).toEqual(["from psql"]);

    const late: unknown = await mia
      .updateRecord("annotations", created.id, { body: "mine" }, { expect: { version: 1 } })
      .catch((cause: unknown) => cause);
    expect(isConflict<Annotation>(late) && late.data.row?.body).toBe("from psql");
    await expect(sam.deleteRecord("annotations", created.id)).rejects.toMatchObject({
      reason: "CHANGE_REFUSED",
      data: { fault: "missing" },
    });
    await mia.deleteRecord("annotations", created.id);
    expect(ofMia?.at(-1)?.rows).toEqual([]);
    expect(ofSam?.flatMap(({ rows }) => rows)).toEqual([]);
  });

  it("replies to every curl of the page on records over HTTP as that page says", async () => {
    const { port } = await openNode(open);
    const commands = blocksOfPage(HTTP, "sh").filter((block) => block.includes("curl"));
    const replies = blocksOfPage(HTTP, "json");
    expect(commands.length).toBeGreaterThan(6);
    expect(replies.length).toBe(commands.length);
    for (const [place, command] of commands.entries()) {
      const script = `curl() { command curl -s -w '\\n%{http_code}' "$@"; }\nTOKEN=${MIA}\n${command}`;
      const here = script.replaceAll("http://localhost:3000", `http://127.0.0.1:${port}`);
      const { stdout } = await promisify(execFile)("sh", ["-c", here]);
      const end = stdout.lastIndexOf("\n");
      const [expected = "", ...lines] = (replies[place] ?? "").split("\n");
      const reply = [`// ${stdout.slice(end + 1)}`, JSON.parse(stdout.slice(0, end))];
      expect([command, ...reply]).toEqual([command, expected, shapeOf(JSON.parse(lines.join("\n")))]);
    }
  });
});

/** What is shown as "…" differs from run to run. */
function shapeOf(shown: unknown): unknown {
  if (shown === "…") return expect.any(String);
  if (Array.isArray(shown)) return shown.map(shapeOf);
  if (typeof shown !== "object" || shown === null) return shown;
  return Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, shapeOf(value)]));
}

/** As PROTOCOL.md describes it. */
function digest(text: string): string {
  let [low, high] = [0, 1];
  for (let at = 0; at < text.length; at += 1) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x85ebca6b);
    low ^= low >>> 13;
    high = Math.imul(high ^ text.charCodeAt(at), 0xc2b2ae35);
    high ^= high >>> 16;
  }
  return ((high >>> 11) * 2 ** 32 + (low >>> 0)).toString(36);
}
