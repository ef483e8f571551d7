export * from "@repo/core-realtime";
