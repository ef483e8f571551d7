export * from "@repo/core-events/testing";
