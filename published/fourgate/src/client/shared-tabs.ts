export * from "@repo/realtime-client/shared-tabs";
