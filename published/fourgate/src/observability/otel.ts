export * from "@repo/core-observability/otel";
