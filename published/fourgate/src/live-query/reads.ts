export * from "@repo/live-query/reads";
