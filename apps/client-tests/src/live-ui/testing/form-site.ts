import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createRealtime, serveNode } from "@repo/core-realtime/server";
import { createLivePages } from "@repo/live-ui";
import { WsRealtimeServer } from "@repo/realtime-ws";
import { bundleClient } from "./bundle-client.js";
import { formLivePage, type FormData, type FormValues } from "./form-live-page.js";

/** A server with a form, whose connections are cut and which is killed and started again on the same port. */
export class FormSite {
  /** What the page's functions have thrown. */
  readonly errors: unknown[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #page = formLivePage(() => ({ tick: this.#tick, changes: this.#changes }));
  readonly #code: string;
  #tick = 0;
  #changes: FormData["changes"] = {};
  #port = 0;
  #http: Server | undefined;
  #refresh: () => void = () => undefined;
  #stop: () => Promise<void> = () => Promise.resolve();

  private constructor(code: string) {
    this.#code = code;
  }

  static async open(): Promise<FormSite> {
    const site = new FormSite(await bundleClient("form-client.ts"));
    await site.#start();
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/form`;
  }

  get tick(): number {
    return this.#tick;
  }

  /** Changes the page around the values, and sends it to every connection. */
  push(): void {
    this.#tick += 1;
    this.#refresh();
  }

  /** Another client changes a value; every connection shows it where the control was not edited. */
  change(name: keyof FormValues, value: string): void {
    this.#changes = { ...this.#changes, [name]: { value, tick: this.#tick + 1 } };
    this.push();
  }

  /** Cuts every connection; the server stays. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Kills the server, and starts another with the same secret. */
  async restart(): Promise<void> {
    await this.close();
    await this.#start();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#http?.close(resolve));
    this.cut();
    await closed;
    await this.#stop();
  }

  async #start(): Promise<void> {
    const authenticator = { authenticate: () => null };
    const pages = createLivePages({
      pages: [this.#page],
      secrets: ["a secret of tests, longer than 32 bytes"],
      authenticator,
      scripts: ["/client.js"],
      onError: (cause) => this.errors.push(cause),
    });
    const realtime = createRealtime({ authenticator, guards: [pages.guard] });
    pages.bind(realtime.registry);
    const servePages = serveNode(pages.fetch);
    const http = createServer((request, response) => {
      if (request.url === "/client.js") response.writeHead(200, { "content-type": "text/javascript" }).end(this.#code);
      else if (request.url === "/favicon.ico") response.writeHead(204).end();
      else servePages(request, response);
    });
    http.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    await realtime.serve(new WsRealtimeServer({ httpServer: http, path: "/realtime" }));
    await new Promise<void>((resolve) => http.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (http.address() as AddressInfo).port; // a string only for a pipe
    this.#http = http;
    this.#refresh = () => pages.refresh(this.#page);
    this.#stop = async () => {
      pages.close();
      await realtime.close({ drainMs: 1 });
    };
  }
}
