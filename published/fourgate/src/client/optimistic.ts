export * from "@repo/realtime-client/optimistic";
