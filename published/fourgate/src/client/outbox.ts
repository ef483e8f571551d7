export * from "@repo/realtime-client/outbox";
