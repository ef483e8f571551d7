export * from "@repo/core-observability/pino";
