export * from "@repo/live-ui/testing";
