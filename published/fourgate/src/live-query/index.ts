export * from "@repo/live-query";
