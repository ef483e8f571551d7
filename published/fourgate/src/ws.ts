export * from "@repo/realtime-ws";
