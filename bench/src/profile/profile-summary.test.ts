import { expect, it } from "vitest";
import { profileSummary } from "./profile-summary.js";

const selfTime = (file: string, functionName: string, micros: number) => ({
  file,
  micros,
  callFrame: { functionName, url: "", lineNumber: 0, columnNumber: 0 },
});

it("shares the busy time out among groups, files of ours and functions", () => {
  const summary = profileSummary({
    title: "Client → client, Fourgate ws",
    cpuMicros: 2_000_000,
    systemMicros: 500_000,
    selfTimes: [
      selfTime("", "(idle)", 9_000),
      selfTime("", "writev", 600),
      selfTime("packages/core-realtime/src/a.ts", "gate", 200),
      selfTime("packages/core-realtime/src/a.ts", "", 100),
      selfTime("packages/core-realtime/src/b.ts", "limit", 50),
      selfTime("", "(garbage collector)", 50),
    ],
  });
  expect(summary).toBe(
    [
      "Client → client, Fourgate ws: 2.00 s of CPU, 25 % of it in the kernel",
      "Self time by group",
      "   60.0 %  socket writes (system calls)",
      "   35.0 %  ours",
      "    5.0 %  garbage collection",
      "Self time by file of ours",
      "   30.0 %  packages/core-realtime/src/a.ts",
      "    5.0 %  packages/core-realtime/src/b.ts",
      "Self time by function",
      "   60.0 %  writev  [socket writes (system calls)]",
      "   20.0 %  gate  packages/core-realtime/src/a.ts",
      "   10.0 %  (anonymous)  packages/core-realtime/src/a.ts",
      "    5.0 %  limit  packages/core-realtime/src/b.ts",
      "    5.0 %  (garbage collector)  [garbage collection]",
      "",
    ].join("\n"),
  );
});

it("contains nothing of ours where nothing of ours ran", () => {
  const summary = profileSummary({
    title: "ws",
    cpuMicros: 1,
    systemMicros: 0,
    selfTimes: [selfTime("", "writev", 1)],
  });
  expect(summary).not.toContain("by file of ours");
});
