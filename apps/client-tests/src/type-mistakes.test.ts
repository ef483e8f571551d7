import { join } from "node:path";
import { createLanguageService, flattenDiagnosticMessageText, getDefaultLibFilePath, parseJsonConfigFileContent, readConfigFile, ScriptSnapshot, sys, type LanguageServiceHost } from "typescript"; // prettier-ignore
import { beforeAll, expect, it } from "vitest";

const HEAD = `
  import { defineRealtimeChannel, type IRealtimeBroadcaster } from "@repo/core-realtime";
  import { createRealtimeClient } from "@repo/realtime-client";
  import { createRealtimeHooks } from "@repo/realtime-react";
  import { z } from "zod";
  const order = defineRealtimeChannel({ name: "orders.{orderId}.status", scope: "public", payload: z.object({ status: z.string() }) });
  const board = defineRealtimeChannel({
    name: "boards:{boardId}", scope: "public", ask: z.object({ page: z.number() }),
    payload: { moved: z.string(), gone: z.string() }, inbound: { move: z.string(), drop: z.number() },
  });
  const news = defineRealtimeChannel({ name: "news", scope: "public", payload: z.string() });
  const poll = defineRealtimeChannel({
    name: "polls.{pollId}", scope: "public", payload: { voted: z.string() }, inbound: { vote: z.object({ option: z.string() }) },
  });
  const client = createRealtimeClient<typeof order | typeof board | typeof news | typeof poll>({ url: "/" });
  const { useChannel } = createRealtimeHooks<typeof order | typeof board | typeof news>();
  declare const realtime: IRealtimeBroadcaster;
  declare const opened: ReturnType<typeof client.channel.raw>;
  const page = { ask: { page: 1 } };
  void [order, board, news, poll, client, useChannel, realtime, opened, page];
`;

/** What a user writes, and the words that the compiler must find. */
const MISTAKES: readonly (readonly [code: string, words: string])[] = [
  [`client.channel("typo");`, `Unknown channel "typo"; known:", `],
  [`client.channel("ordes.{orderId}");`, `Unknown channel "ordes.{orderId}"; did you mean:", "orders.{orderId}.status"`], // prettier-ignore
  [`client.channel("orders.{orderId}.status");`, `Missing parameters of "orders.{orderId}.status": { orderId }.`],
  [`client.channel(order);`, `Missing parameters of "orders.{orderId}.status": { orderId }.`],
  [`client.channel("orders.{orderId}.status", {});`, `Missing parameter "orderId" of "orders.{orderId}.status".`],
  [`client.channel("orders.{orderId}.status", { orderid: "7" });`, `Unknown parameter "orderid" of "orders.{orderId}.status", which has { orderId }.`], // prettier-ignore
  [`client.channel("news", { orderId: "7" });`, `Unknown parameter "orderId" of "news", which has none.`],
  [`client.channel("orders.{orderId}.status", { orderId: 7 });`, `The parameter "orderId" of "orders.{orderId}.status" must be a string.`], // prettier-ignore
  [`client.channel("orders.{orderId}.status", { rewind: 3 });`, `Options in the place of parameters: pass { orderId } after "orders.{orderId}.status", and then the options.`], // prettier-ignore
  [`client.channel("news", { latest: true });`, `Options in the place of parameters: pass {} after "news", and then the options.`], // prettier-ignore
  [`client.channel("boards:{boardId}", { boardId: "1" });`, `Missing option "ask" of "boards:{boardId}"; its type:", { page: number; }`], // prettier-ignore
  [`client.channel("news", {}, { rewind: "3" });`, `The option "rewind" does not fit "news"; expected:", number | undefined`], // prettier-ignore
  [`void client.channel("boards:{boardId}", { boardId: "1" }, page).publish("a");`, `Name the event first: publish(event, payload). The events:", `], // prettier-ignore
  [`void client.channel("boards:{boardId}", { boardId: "1" }, page).publish("move", 7);`, `Argument of type 'number' is not assignable to parameter of type 'string'.`], // prettier-ignore
  [`void client.channel("boards:{boardId}", { boardId: "1" }, page).publish("mov", "7");`, `readonly [event: "move", payload: string] | readonly [event: "drop", payload: number]`], // prettier-ignore
  [`void client.channel("polls.{pollId}", { pollId: "1" }).publish("vote", { option: 7 });`, `Type 'number' is not assignable to type 'string'.`], // prettier-ignore
  [`void client.channel("polls.{pollId}", { pollId: "1" }).publish("vot", { option: "a" });`, `Argument of type '"vot"' is not assignable to parameter of type '"vote"'.`], // prettier-ignore
  [
    `void client.channel("polls.{pollId}", { pollId: "1" }).publish({ option: "a" });`,
    `Expected 2 arguments, but got 1.`,
  ],
  [`void realtime.broadcast(poll.at({ pollId: "1" }), "voted", 7);`, `Argument of type 'number' is not assignable to parameter of type 'string'.`], // prettier-ignore
  [`void client.channel("news").publish("a");`, `Clients only receive on this channel: it declares no inbound.`],
  [`void realtime.broadcast(board.at({ boardId: "1" }), "a");`, `Name the event first: broadcast(channel, event, payload). The events:", `], // prettier-ignore
  [`void realtime.broadcast(order, { status: "a" });`, `this channel has placeholders: call .at({ … }) first`],
  [`useChannel("typo");`, `Unknown channel "typo"; known:", `],
  [`useChannel("orders.{orderId}.status");`, `Missing parameters of "orders.{orderId}.status": { orderId }.`],
  [`useChannel("orders.{orderId}.status", { keep: 3 });`, `Options in the place of parameters: pass { orderId }`],
  [`useChannel("orders.{orderId}.status", { orderId: "7" }, { keep: "3" });`, `The option "keep" does not fit "orders.{orderId}.status"; expected:", number | undefined`], // prettier-ignore
  [`defineRealtimeChannel({ name: "a.{b", scope: "public", payload: z.string() });`, `one whole {placeholder} in place of "{b".`], // prettier-ignore
  [`defineRealtimeChannel({ name: "room-{b}", scope: "public", payload: z.string() });`, `one whole {placeholder} in place of "room-{b}".`], // prettier-ignore
  [`defineRealtimeChannel({ name: "a..b", scope: "public", payload: z.string() });`, `one whole {placeholder} in place of "".`], // prettier-ignore
];

/** What a user writes rightly, up to where the editor completes it. */
const COMPLETIONS: readonly (readonly [code: string, first: readonly string[]])[] = [
  [`client.channel("|");`, ["boards:{boardId}", "news", "orders.{orderId}.status", "polls.{pollId}"]],
  [`client.channel("orders.{orderId}.status", { | });`, ["orderId"]],
  [`client.channel("boards:{boardId}", { boardId: "1" }, { ask: { | } });`, ["page"]],
  [`useChannel("|");`, ["boards:{boardId}", "news", "orders.{orderId}.status"]],
  [`useChannel("orders.{orderId}.status", { | });`, ["orderId"]],
  [`void client.channel("boards:{boardId}", { boardId: "1" }, page).publish("|");`, ["drop", "move"]],
  [`void client.channel("polls.{pollId}", { pollId: "1" }).publish("|");`, ["vote"]],
  [`void realtime.broadcast(board.at({ boardId: "1" }), "|");`, ["gone", "moved"]],
];

/**
 * Where the sentence is not in the first line: the compiler lists its overloads where a parameter or an option is wrong, and without the
 * first overload no editor would complete them. The placeholders of a broadcast are a property's name.
 */
const isBehindOthers = (words: string) => /arameter "|in the place|The option|^this channel/.test(words);

const FILE = join(import.meta.dirname, "type-mistakes.virtual.ts");
let text = HEAD;
let version = 0;
let service: ReturnType<typeof createLanguageService>;

beforeAll(() => {
  const folder = join(import.meta.dirname, "..");
  const { config } = readConfigFile(join(folder, "tsconfig.json"), (path) => sys.readFile(path));
  const { options } = parseJsonConfigFileContent(config, sys, folder);
  const host: LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [FILE],
    getScriptVersion: (file) => (file === FILE ? `${version}` : "1"),
    getScriptSnapshot: (file) => {
      const content = file === FILE ? text : sys.readFile(file);
      return content === undefined ? undefined : ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: getDefaultLibFilePath,
    fileExists: (file) => sys.fileExists(file),
    readFile: (file) => sys.readFile(file),
    directoryExists: (path) => sys.directoryExists(path),
    getDirectories: (path) => sys.getDirectories(path),
    ...(sys.realpath && { realpath: sys.realpath }),
  };
  service = createLanguageService(host);
});

function write(code: string): void {
  text = HEAD + code;
  version += 1;
}

it("compiles what is right", { timeout: 120_000 }, () => {
  write(
    `client.channel("orders.{orderId}.status", { orderId: "7" }, { rewind: 1 }).subscribe(({ payload }) => payload.status);`,
  );
  expect(service.getSemanticDiagnostics(FILE).map(({ messageText }) => messageText)).toEqual([]);
});

it.each(MISTAKES)("names the mistake of %s", { timeout: 120_000 }, (code, words) => {
  write(code);
  const messages = service.getSemanticDiagnostics(FILE).map(({ messageText }) => flattenDiagnosticMessageText(messageText, "\n")); // prettier-ignore
  expect(messages).toHaveLength(1);
  const lines = messages.join("\n").replaceAll(`\\"`, `"`).split("\n");
  expect(lines.slice(0, isBehindOthers(words) ? lines.length : 1).join("\n")).toContain(words);
});

it.each(COMPLETIONS)("completes %s", { timeout: 120_000 }, (code, names) => {
  write(code.replace("|", ""));
  const completed = service.getCompletionsAtPosition(FILE, HEAD.length + code.indexOf("|"), undefined);
  expect(
    completed?.entries
      .map(({ name }) => name)
      .slice(0, names.length)
      .sort(),
  ).toEqual(names);
});
