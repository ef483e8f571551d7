export * from "@repo/realtime-postgres";
