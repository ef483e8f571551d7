export * from "@repo/realtime-client/socket-io";
