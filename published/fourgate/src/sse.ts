export * from "@repo/realtime-sse";
