import { once } from "node:events";
import type { Server } from "node:http";
import type { Environment } from "./environment";

/** Begins to listen; resolves with the port, which matters where the environment asks for any (0). */
export async function listen(httpServer: Server, { host, port }: Pick<Environment, "host" | "port">): Promise<number> {
  const listening = once(httpServer, "listening");
  httpServer.listen(port, host);
  try {
    await listening;
  } catch (cause) {
    throw sentenceFor(cause, { host, port });
  }
  const address = httpServer.address();
  return typeof address === "object" && address ? address.port : port;
}

function sentenceFor(cause: unknown, { host, port }: Pick<Environment, "host" | "port">): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE")
    return new TypeError(`Port ${port} is taken: stop what listens there, or set PORT to another number.`, { cause });
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new TypeError(`HOST is "${host}", which is no address of this machine: set it to 127.0.0.1 or 0.0.0.0.`, {
      cause,
    });
  return cause;
}
