import type { Server } from "node:http";
import type { Duplex } from "node:stream";

/** How long a server took, in milliseconds. */
export interface TakenTimes {
  /** From the bytes of a frame to the system call that writes the next frame to the same socket. */
  readonly ws: readonly number[];
  /** From the headers of a request to the end of its response. */
  readonly http: readonly number[];
  /** CPU time of the process, in microseconds. */
  readonly cpuUs: number;
}

const MIN_EVENT_BYTES = 50; // a pong has fewer, and nothing replies to it

/** Takes the times of a server at its sockets, outside of what it measures. */
export class ServerTimes {
  #ws: number[] = [];
  #http: number[] = [];
  #cpu = process.cpuUsage();

  /** Before anything else listens to the server. */
  measure(server: Server): void {
    server.on("request", (_request, response) => {
      const began = performance.now();
      response.once("finish", () => this.#http.push(performance.now() - began));
    });
    server.on("upgrade", (_request, socket) => this.#measureSocket(socket));
  }

  /** What was taken since the last call. */
  take(): TakenTimes {
    const { user, system } = process.cpuUsage(this.#cpu);
    const taken = { ws: this.#ws, http: this.#http, cpuUs: user + system };
    this.#cpu = process.cpuUsage();
    this.#ws = [];
    this.#http = [];
    return taken;
  }

  /** Sends the parent what it orders: the times, or the memory after garbage collection. */
  serve(): void {
    process.on("message", (order: "memory" | "times") => {
      if (order === "times") process.send?.(this.take());
      else void collected().then(() => process.send?.(process.memoryUsage()));
    });
  }

  #measureSocket(socket: Duplex): void {
    let began: number | undefined;
    const written = () => {
      if (began !== undefined) this.#ws.push(performance.now() - began);
      began = undefined;
    };
    socket.on("data", ({ length }: Buffer) => {
      if (length >= MIN_EVENT_BYTES) began = performance.now();
    });
    const write = socket._write.bind(socket);
    socket._write = (chunk, encoding, callback) => {
      write(chunk, encoding, callback);
      written();
    };
    const writev = socket._writev?.bind(socket);
    socket._writev = (chunks, callback) => {
      writev?.(chunks, callback);
      written();
    };
  }
}

/** Collects garbage several times: V8 gives the pages that are free back to the machine in the meantime. */
async function collected(): Promise<void> {
  for (let rounds = 0; rounds < 4; rounds += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
