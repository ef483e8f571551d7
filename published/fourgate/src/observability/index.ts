export * from "@repo/core-observability";
