export * from "@repo/realtime-client/ws";
