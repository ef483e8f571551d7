export * from "@repo/realtime-client/auto-refresh";
