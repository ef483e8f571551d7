export * from "@repo/realtime-bridge";
