export * from "@repo/live-ui/protocol";
