export * from "@repo/realtime-devtools";
