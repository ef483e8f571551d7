import { rawUpgrade } from "../raw-upgrade";
import { cookieOf, expect, test } from "../test";

const FOREIGN = "https://evil.example";
const POLLING = "/socket.io/?EIO=4&transport=polling";
const WEBSOCKET = "/socket.io/?EIO=4&transport=websocket";

test("a foreign page is refused on polling, although its visitor's cookie is good", async ({
  visit,
  server,
  request,
}) => {
  const cookie = await cookieOf(await visit("mia"));
  const handshake = (origin: string) => request.get(server.url + POLLING, { headers: { cookie, origin } });
  expect((await handshake(server.url)).status()).toBe(200);
  const refused = await handshake(FOREIGN);
  expect(refused.status()).toBe(403);
  expect(await refused.json()).toMatchObject({ code: "ORIGIN_REFUSED" });
  expect(refused.headers()["access-control-allow-origin"]).toBe("*"); // it may read the refusal, without cookies
  expect(refused.headers()["access-control-allow-credentials"]).toBeUndefined();
  expect((await handshake("null")).status()).toBe(403);
});

test("a foreign page is refused on WebSocket, although its visitor's cookie is good", async ({ visit, server }) => {
  const cookie = await cookieOf(await visit("mia"));
  const handshake = (origin: string) =>
    rawUpgrade({ port: server.port, target: WEBSOCKET, headers: { cookie, origin } });
  expect(await handshake(server.url)).toBe(101);
  expect(await handshake(FOREIGN)).toBe(403);
  expect(await handshake("null")).toBe(403);
});

test("a foreign page can neither sign out, nor sign in, nor send", async ({ visit, server, request }) => {
  const mia = await visit("mia");
  const headers = { cookie: await cookieOf(mia), origin: FOREIGN };
  const post = (path: string, body: object) => request.post(server.url + path, { headers, maxRedirects: 0, ...body });
  expect((await post("/api/sign-out", {})).status()).toBe(403);
  expect((await post("/api/sign-in", { form: { person: "sam" } })).status()).toBe(403);
  expect((await post("/api/notifications", { data: { to: "sam", text: "forged" } })).status()).toBe(403);
  await mia.reload();
  await expect(mia.getByTestId("who")).toContainText("Mia");
});
