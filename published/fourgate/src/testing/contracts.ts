export * from "@repo/core-testing/contracts";
