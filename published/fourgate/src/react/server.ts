export * from "@repo/realtime-react/server";
