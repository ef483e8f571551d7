export * from "@repo/realtime-next/server";
