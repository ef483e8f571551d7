export * from "@repo/realtime-client/presence";
