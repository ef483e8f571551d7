import { expect, it } from "vitest";
import { profileGroupOf } from "./profile-group.js";

it.each([
  ["packages/core-realtime/src/server/gates/message.gate.ts", "messageGate", "ours"],
  ["node_modules/.pnpm/ws@8.23.0/node_modules/ws/lib/sender.js", "sendFrame", "ws"],
  ["node_modules/.pnpm/engine.io@6.6.4/node_modules/engine.io/build/socket.js", "flush", "Socket.IO and Engine.IO"],
  ["node_modules/.pnpm/socket.io@4.8.4/node_modules/socket.io/dist/socket.js", "emit", "Socket.IO and Engine.IO"],
  ["node_modules/.pnpm/zod@4.6.7/node_modules/zod/v4/core/parse.js", "parse", "zod"],
  ["bench/src/contenders/fourgate.ts", "publish", "the bench's own code"],
  ["node:internal/streams/writable", "write", "Node's own JavaScript"],
  ["", "writev", "socket writes (system calls)"],
  ["", "writeUtf8String", "socket writes (system calls)"],
  ["", "stringify", "other native functions"],
  ["", "(garbage collector)", "garbage collection"],
  ["", "(program)", "event loop, reads and other native code"],
  ["", "(idle)", undefined],
])("puts %s %s into the group of %s", (file, functionName, group) => {
  expect(profileGroupOf(file, functionName)).toBe(group);
});
