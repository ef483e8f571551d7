export * from "@repo/realtime-socket-io";
