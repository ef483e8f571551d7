export * from "@repo/realtime-client/query";
