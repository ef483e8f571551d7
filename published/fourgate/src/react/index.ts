export * from "@repo/realtime-react";
