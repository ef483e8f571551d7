import { randomBytes } from "node:crypto";

/** What the environment decides. */
export interface Environment {
  readonly host: string;
  readonly port: number;
  /** Signs the pages' tokens; the same on every node, and after a restart. */
  readonly secret: string;
}

export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const { HOST = "127.0.0.1", PORT = "3100", LIVE_SECRET } = env;
  const port = Number(PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new TypeError(`PORT is "${PORT}"; it must be a number from 0 to 65535.`);
  if (LIVE_SECRET === undefined)
    console.warn("LIVE_SECRET is not set: pages that are open now begin anew when this server restarts.");
  return { host: HOST, port, secret: LIVE_SECRET ?? randomBytes(32).toString("base64url") };
}
