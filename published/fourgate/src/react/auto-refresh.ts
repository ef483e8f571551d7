export * from "@repo/realtime-react/auto-refresh";
