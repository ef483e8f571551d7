export * from "@repo/realtime-presence";
