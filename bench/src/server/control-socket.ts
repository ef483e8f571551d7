import { createServer, type Socket } from "node:net";
import { portOf } from "./port-of.js";

/** The socket between a server and its load client: a byte comes when every client has a round, a time goes when something is published. */
export class ControlSocket {
  readonly port: number;
  #client: Socket | undefined;
  #onRound: () => void = () => undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async listen(): Promise<ControlSocket> {
    const server = createServer((client) => {
      client.setNoDelay();
      client.on("data", () => control.#onRound());
      client.on("error", () => client.destroy());
      control.#client = client;
    });
    const control: ControlSocket = new ControlSocket(await portOf(server));
    return control;
  }

  /** Resolves when every client has the round that begins now. */
  round(): Promise<void> {
    return new Promise((resolve) => (this.#onRound = resolve));
  }

  /** Sends the load client the present moment: something is published now. */
  publishing(): void {
    const at = Buffer.alloc(8);
    at.writeBigUInt64LE(process.hrtime.bigint());
    this.#client?.write(at);
  }
}
