export * from "@repo/core-events";
