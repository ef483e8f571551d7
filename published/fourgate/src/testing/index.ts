export * from "@repo/core-testing";
