export * from "@repo/realtime-client/sse";
