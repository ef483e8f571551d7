import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";

/** One request as it arrived. */
export interface ReceivedWebhook {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Replies to a request; the first is number 1. */
export type WebhookReply = (response: ServerResponse, received: ReceivedWebhook, number: number) => void;

/** A real HTTP server on the loopback interface that keeps what it receives, for tests. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  readonly url: string;
  /** What is replied; 200 unless set. */
  reply: WebhookReply = (response) => response.end("ok");
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async start(): Promise<WebhookReceiver> {
    const server = createServer((request, response) => void receive(request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const receiver = new WebhookReceiver(`http://127.0.0.1:${port}/hook`, async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    });
    const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      response.on("error", () => undefined); // the sender went away
      const received = {
        method: request.method,
        path: request.url,
        headers: request.headers,
        body: await text(request),
      };
      receiver.received.push(received);
      receiver.reply(response, received, receiver.received.length);
    };
    return receiver;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  async close(): Promise<void> {
    await this.#close();
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
