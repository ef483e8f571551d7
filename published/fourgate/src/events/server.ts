export * from "@repo/core-events/server";
