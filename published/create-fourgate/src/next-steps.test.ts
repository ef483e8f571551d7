import { expect, it } from "vitest";
import { nextSteps } from "./next-steps.js";

it("begins with the folder where it is another one", () => {
  expect(nextSteps({ folder: "my-app", host: "node", isNew: true })).toBe(
    "Next:\n  1. cd my-app\n  2. npm install\n  3. npm run dev\n  4. open http://localhost:3000 in two windows",
  );
});

it("names the page of a Next app, and explains the WebSocket that fails there", () => {
  const steps = "Next:\n  1. npm install\n  2. npm run dev\n  3. open http://localhost:3000/polls in two windows";
  const text = nextSteps({ folder: ".", host: "next", isNew: false });
  expect(text).toContain(`${steps}\n\nA route handler has no WebSockets`);
  expect(nextSteps({ folder: ".", host: "next", isNew: false, hasServer: true })).toBe(steps);
});

it("quotes a folder that a shell would split", () => {
  expect(nextSteps({ folder: "my app", host: "node", isNew: true })).toContain('1. cd "my app"');
});

it("names both commands of Vite", () => {
  expect(nextSteps({ folder: ".", host: "vite-react", isNew: true })).toContain("npm run server, and in a second");
});

it.each([
  ["express", "app.use((request, response, next) => {"],
  ["fastify", 'app.addHook("onRequest"'],
  ["hono", 'app.all("/realtime"'],
  ["node", "createServer((request, response) => {"],
  ["vite-react", "createServer((request, response) => {"],
] as const)("shows an app on %s that exists how it serves the channel", (host, line) => {
  const text = nextSteps({ folder: ".", host, isNew: false });
  expect(text).toContain("1. npm install");
  expect(text).toContain(line);
  expect(text).toContain("comes before body parsers");
  expect(text).toContain("new WsRealtimeServer(");
});
