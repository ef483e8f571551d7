export * from "@repo/realtime-tanstack-db";
