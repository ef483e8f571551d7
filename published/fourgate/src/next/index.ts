export * from "@repo/realtime-next";
