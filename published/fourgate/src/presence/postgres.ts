export * from "@repo/realtime-presence/postgres";
