export * from "@repo/realtime-client/events";
