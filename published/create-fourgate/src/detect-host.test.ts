import { expect, it } from "vitest";
import { detectHost } from "./detect-host.js";

it.each([
  ["next", { dependencies: { next: "^16.0.0", react: "^19.0.0" } }],
  ["vite-react", { devDependencies: { "@vitejs/plugin-react": "^6.0.0" } }],
  ["express", { dependencies: { express: "^5.0.0" } }],
  ["fastify", { dependencies: { fastify: "^5.0.0" } }],
  ["hono", { dependencies: { hono: "^4.0.0" } }],
  ["bun", { devDependencies: { "@types/bun": "^1.0.0" } }],
] as const)("takes %s where its package is a dependency", (host, manifest) => {
  expect(detectHost(manifest)).toBe(host);
});

it("takes Node where nothing else is shown", () => {
  expect(detectHost({})).toBe("node");
  expect(detectHost({ dependencies: { lodash: "^4.0.0" } })).toBe("node");
});

it("takes Next before a server that is there as well", () => {
  expect(detectHost({ dependencies: { express: "^5.0.0", next: "^16.0.0" } })).toBe("next");
});
