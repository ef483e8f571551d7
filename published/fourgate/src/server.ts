export * from "@repo/core-realtime/server";
