import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onEachDatabase, type OpenTestDatabase } from "@repo/realtime-postgres/testing";
import { expect, it, onTestFinished } from "vitest";
import { MIA, SAM } from "../testing/annotation-schema.js";
import { openLiveNode } from "../testing/live-node.js";
import { createRecordsEndpoint, type RecordsEndpointOptions } from "./records-endpoint.js";
import { serveNode } from "@repo/core-realtime/server";

const id = (n: number) => `c0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const annotation = (n: number, rest: object = {}) => ({
  id: id(n),
  widget_id: 1,
  actor_id: MIA,
  body: `body ${n}`,
  ...rest,
});

/** A real server; a token is the user's id. */
async function serve(open: OpenTestDatabase, options: Partial<RecordsEndpointOptions> = {}) {
  const node = await openLiveNode(open);
  const errors: unknown[] = [];
  const authenticator = {
    authenticate: ({ token }: { readonly token?: string | undefined }) =>
      token === undefined ? null : { userId: token, roles: [] },
  };
  const onError = (cause: unknown) => errors.push(cause);
  const endpoint = createRecordsEndpoint({ live: node.live, authenticator, onError, ...options });
  const server = createServer(serveNode(endpoint));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const call = async (method: string, path: string, { body, user = MIA, ...headers }: Record<string, unknown> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/data/${path}`, {
      method,
      headers: {
        ...(user !== null && { authorization: `Bearer ${String(user)}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(headers as Record<string, string>),
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  };
  return { ...node, call, errors };
}

onEachDatabase((_, open) => {
  it("reads and writes rows as the user", async () => {
    const { call, errors } = await serve(open);
    const created = await call("POST", "annotations", { body: [annotation(1), annotation(2)] });
    expect([created.status, created.body.rows.length]).toEqual([201, 2]);
    const query = encodeURIComponent(JSON.stringify({ orderBy: [["body", "desc"]], limit: 1, select: ["body"] }));
    expect((await call("GET", `annotations?query=${query}`)).body.rows).toEqual([{ id: id(2), body: "body 2" }]);
    const posted = await call("POST", "query", { body: { table: "annotations", count: true } });
    expect(posted.body.rows).toEqual([{ count: 2 }]);
    expect((await call("GET", `annotations/${id(1)}`)).body.rows).toMatchObject([{ body: "body 1" }]);
    expect((await call("GET", `annotations/${id(1)}`, { user: SAM })).status).toBe(404);
    const changed = await call("PATCH", `annotations/${id(1)}`, { body: { body: "new" }, "if-match": '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { rows: [{ body: "new", version: 2 }] } });
    const conflict = await call("PATCH", `annotations/${id(1)}`, { body: { body: "x" }, "if-match": '"1"' });
    expect(conflict).toMatchObject({
      status: 409,
      body: { error: { reason: "CONFLICT", data: { row: { body: "new" } } } },
    });
    expect((await call("DELETE", `annotations/${id(1)}`)).body).toEqual({ rows: [null] });
    expect((await call("DELETE", `annotations/${id(1)}`)).status).toBe(404);
    expect(errors).toEqual([]);
  });

  it("makes a request with an idempotency key once", async () => {
    const { call } = await serve(open);
    const request = { body: annotation(1), "idempotency-key": "key-of-mine" };
    const [first, second] = [await call("POST", "annotations", request), await call("POST", "annotations", request)];
    expect(second.body).toEqual(first.body);
    expect((await call("POST", "annotations", { ...request, "idempotency-key": "another-key" })).status).toBe(409);
  });

  it.each([
    ["a body that is no JSON", ["POST", "query", { body: "{" }], 400],
    ["a query of another shape", ["POST", "query", { body: { tables: "x" } }], 400],
    ["a table that is not exposed", ["GET", "members"], 422],
    ["a query parameter that is none", ["GET", "annotations?query=x"], 400],
    [
      "a form, as a foreign page may send one",
      ["POST", "annotations", { body: "a=1", "content-type": "text/plain" }],
      415,
    ],
    ["a foreign page", ["GET", "annotations", { origin: "https://evil.example" }], 403],
    ["a user who may not write", ["POST", "annotations", { body: annotation(1), user: null }], 403],
    ["another method", ["PUT", "annotations/1", { body: {} }], 405],
    ["another path", ["GET", "annotations/1/2"], 404],
    ["a path of broken bytes", ["GET", "%E0%A4%A"], 400],
    ["a body that is too large", ["POST", "annotations", { body: `"${"x".repeat(300_000)}"` }], 413],
  ] as const)("refuses %s", async (_what, [method, path, request], status) => {
    const { call, errors } = await serve(open);
    const refused = await call(method, path, request);
    expect(refused).toMatchObject({ status, body: { error: { code: expect.any(String) } } });
    expect(errors).toEqual([]);
  });

  it("limits how many requests a user may send, with the time to come back", async () => {
    const { live } = await openLiveNode(open);
    const authenticator = { authenticate: () => ({ userId: MIA, roles: [] }) };
    const endpoint = createRecordsEndpoint({ live, authenticator, rate: { perSecond: 0.01, burst: 1 } });
    const get = () => endpoint(new Request("http://api.example/data/annotations"));
    expect((await get()).status).toBe(200);
    const refused = await get();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  });

  it("limits the requests of an address before it authenticates, and accepts forwarding headers of named proxies only", async () => {
    let authenticated = 0;
    const authenticator = {
      authenticate() {
        authenticated += 1;
        return null;
      },
    };
    const rate = { perSecond: 0.001, burst: 1 };
    const { call } = await serve(open, { authenticator, rate, proxies: ["203.0.113.0/24"] });
    const forwarded = { "x-forwarded-for": "198.51.100.1" };
    for (let requests = 0; requests < 10; requests += 1) await call("GET", "annotations", forwarded);
    expect((await call("GET", "annotations", forwarded)).body.error.code).toBe("RATE_LIMITED");
    expect(authenticated).toBe(10);
  });

  it("lets listed pages of other origins in", async () => {
    const { live } = await openLiveNode(open);
    const authenticator = { authenticate: () => null };
    const endpoint = createRecordsEndpoint({ live, authenticator, origins: ["https://app.example"] });
    const headers = { origin: "https://app.example" };
    const preflight = await endpoint(
      new Request("http://api.example/data/annotations", { method: "OPTIONS", headers }),
    );
    expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([
      204,
      "https://app.example",
    ]);
    const foreign = { origin: "https://other.example" };
    const refused = await endpoint(new Request("http://api.example/data/annotations", { headers: foreign }));
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([403, null]);
  });
});
