import { once } from "node:events";
import { SUBPROTOCOL } from "@repo/core-realtime";
import { WebSocket } from "ws";

/** Where a page is served, and its visitor. */
export interface Visit {
  readonly port: number;
  readonly path: string;
  readonly user: string;
}

/** What a browser finds in the root element of a page. */
export interface OpenedPage {
  readonly token: string;
  readonly channel: string;
}

const PATCH = /^\{"m":\d+,.*?"p":\[(\d+)/;
const PATIENCE_MS = 60_000;

/** Requests a page as a browser does. */
export async function openPage({ port, path, user }: Visit): Promise<OpenedPage> {
  const headers = { authorization: `Bearer ${user}` };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const html = await response.text();
  const read = (name: string) => new RegExp(`data-live-${name}="([^"]*)"`).exec(html)?.[1] ?? "";
  const page = { token: read("token"), channel: read("channel") };
  if (page.token === "") throw new Error(`${path} came with ${response.status} and without a token.`);
  return page;
}

/** A connection that shows a page: frames as texts, as they travel. */
export class PageVisitor {
  readonly #socket: WebSocket;
  readonly #page: OpenedPage;
  /** Texts of all frames that have come, but `connected`. */
  readonly texts: string[] = [];
  /** The frame that subscribed, as text. */
  readonly subscribe: string;
  /** Called with the number of the action that a patch replies to. */
  onPatch: (ref: number) => void = () => undefined;
  #sent = 0;

  private constructor(socket: WebSocket, page: OpenedPage) {
    this.#socket = socket;
    this.#page = page;
    this.subscribe = JSON.stringify({ type: "subscribe", id: "1", channel: page.channel, ask: { token: page.token } });
    socket.on("message", (data) => {
      const text = String(data);
      if (text.startsWith('{"type":"connected"')) return;
      this.texts.push(text);
      const [, ref] = PATCH.exec(text) ?? [];
      if (ref !== undefined) this.onPatch(Number(ref));
    });
  }

  /** Connects and subscribes; resolves when the reply has come. */
  static async enter({ port, user }: Omit<Visit, "path">, page: OpenedPage): Promise<PageVisitor> {
    const token = `fourgate.token.${Buffer.from(user).toString("base64url")}`;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/realtime`, [SUBPROTOCOL, token], { perMessageDeflate: false });
    const visitor = new PageVisitor(socket, page);
    await once(socket, "open");
    socket.send(visitor.subscribe);
    await visitor.#until(1);
    return visitor;
  }

  /** Runs an action. Resolves with its patch and its reply, as they came. */
  async act(action: string, input?: object): Promise<{ readonly patch: string; readonly reply: string }> {
    const { length } = this.texts;
    this.send(action, input);
    await this.#until(length + 2);
    const [patch = "", reply = ""] = this.texts.slice(length);
    return { patch, reply };
  }

  /** Sends an action; its number. */
  send(a: string, v: object = {}): number {
    this.#sent += 1;
    const r = this.#sent;
    const payload = { a, v, r, i: `event-${r}` };
    this.#socket.send(JSON.stringify({ type: "message", id: String(r + 1), channel: this.#page.channel, payload }));
    return r;
  }

  close(): void {
    this.#socket.terminate();
  }

  async #until(count: number): Promise<void> {
    while (this.texts.length < count) await once(this.#socket, "message", { signal: AbortSignal.timeout(PATIENCE_MS) });
    const failed = this.texts.find((text) => text.includes('"ok":false') || text.includes('"type":"close"'));
    if (failed !== undefined) throw new Error(`The server sent ${failed}.`);
  }
}
