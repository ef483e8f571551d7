export * from "@repo/live-ui-client";
