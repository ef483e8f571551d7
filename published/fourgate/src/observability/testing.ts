export * from "@repo/core-observability/testing";
