export * from "@repo/realtime-entities";
