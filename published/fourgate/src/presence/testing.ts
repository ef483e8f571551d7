export * from "@repo/realtime-presence/testing";
