export * from "@repo/realtime-client/memory";
