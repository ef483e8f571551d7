import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";

type Headers = Readonly<Record<string, string>>;

/** A session of engine.io's polling by hand. */
export interface RawPolling {
  readonly sid: string;
  get(headers?: Headers): Promise<Response>;
  post(body: string, headers?: Headers): Promise<Response>;
}

/** Requests a session; nothing but the handshake has been sent. */
export async function connectByPolling(origin: string, headers: Headers = {}): Promise<Response> {
  return fetch(urlOf(origin), { headers });
}

/** Opens a session, sends CONNECT, and reads until gate 1 was passed. */
export async function openPolling(origin: string, headers: Headers = {}): Promise<RawPolling> {
  const response = await (await connectByPolling(origin, headers)).text();
  const { sid } = JSON.parse(response.slice(1)) as { readonly sid: string };
  const polling = {
    sid,
    get: async (more: Headers = {}) => fetch(urlOf(origin, sid), { headers: more }),
    post: async (body: string, more: Headers = {}) =>
      fetch(urlOf(origin, sid), { method: "POST", body, headers: more }),
  };
  onTestFinished(async () => void (await polling.post("1", headers)));
  await polling.post("40", headers);
  for (let received = ""; !received.includes("connected");) received += await (await polling.get(headers)).text();
  return polling;
}

function urlOf(origin: string, sid?: string): string {
  const query = new URLSearchParams({
    EIO: "4",
    transport: "polling",
    t: randomUUID(),
    ...(sid !== undefined && { sid }),
  });
  return `${origin}/socket.io/?${query}`;
}
