export * from "@repo/realtime-client/debug";
