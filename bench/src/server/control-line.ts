import { createServer, type Socket } from "node:net";
import { portOf } from "./port-of.js";

/** The line between a server and its load client: a byte comes when everybody has a round, a time goes when something is said. */
export class ControlLine {
  readonly port: number;
  #client: Socket | undefined;
  #onRound: () => void = () => undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async listen(): Promise<ControlLine> {
    const server = createServer((client) => {
      client.setNoDelay();
      client.on("data", () => line.#onRound());
      client.on("error", () => client.destroy());
      line.#client = client;
    });
    const line: ControlLine = new ControlLine(await portOf(server));
    return line;
  }

  /** Resolves when everybody has the round that begins now. */
  round(): Promise<void> {
    return new Promise((resolve) => (this.#onRound = resolve));
  }

  /** Tells the load client that something is published at this very moment. */
  publishing(): void {
    const at = Buffer.alloc(8);
    at.writeBigUInt64LE(process.hrtime.bigint());
    this.#client?.write(at);
  }
}
