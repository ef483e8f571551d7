export * from "@repo/realtime-client";
