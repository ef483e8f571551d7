export * from "@repo/live-ui";
