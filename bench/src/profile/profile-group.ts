/** Where the time of a server process goes. */
export const PROFILE_GROUPS = [
  "ours",
  "ws",
  "Socket.IO and Engine.IO",
  "zod",
  "the bench's own code",
  "Node's own JavaScript",
  "socket writes (system calls)",
  "other native functions",
  "garbage collection",
  "event loop, reads and other native code",
] as const;

export type ProfileGroup = (typeof PROFILE_GROUPS)[number];

// The functions of Node's stream bindings that end in a system call.
const SOCKET_WRITE = /^(?:writev|write(?:Buffer|(?:Utf8|Latin1|Ascii|Ucs2)String)|shutdown)$/;

/** The group of a function, by its file and name; undefined while the process was idle. */
export function profileGroupOf(file: string, functionName: string): ProfileGroup | undefined {
  if (functionName === "(idle)") return undefined;
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(program)" || functionName === "(root)") return "event loop, reads and other native code";
  if (file === "") return SOCKET_WRITE.test(functionName) ? "socket writes (system calls)" : "other native functions";
  if (file.startsWith("node:")) return "Node's own JavaScript";
  const dependency = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
  if (dependency === undefined) return file.startsWith("packages/") ? "ours" : "the bench's own code";
  if (dependency === "ws") return "ws";
  if (dependency === "zod") return "zod";
  return "Socket.IO and Engine.IO"; // and what they depend on: the servers have no other dependency
}
