import { expect, it } from "vitest";
import { filesOnPath } from "./files-on-path";

const root = "file:///repo/";
const call = (path: string) => ({ url: path.startsWith("node:") ? path : root + path, name: "" });
const isStart = ({ url }: { readonly url: string }) => url === "node:internal/stream_base_commons";

it("lists our files from the start to the end, each once, across an await, and none before the start", () => {
  const chain = [
    [call("chaos/src/handler.ts"), call("packages/core/gate.ts"), call("packages/core/queue.ts")],
    [
      call("packages/core/queue.ts"),
      call("packages/ws/node_modules/ws/receiver.js"),
      call("packages/ws/server.ts"),
      call("node:internal/stream_base_commons"),
      call("packages/core/before.ts"),
    ],
    [call("packages/core/earlier.ts")],
  ];
  expect(filesOnPath(chain, { root, isStart })).toEqual([
    "packages/ws/server.ts",
    "packages/core/queue.ts",
    "packages/core/gate.ts",
  ]);
});

it("refuses a chain that does not reach the start", () => {
  expect(() => filesOnPath([[call("packages/core/gate.ts")]], { root, isStart })).toThrow("start of the path");
});
