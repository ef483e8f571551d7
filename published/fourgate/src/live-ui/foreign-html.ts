export * from "@repo/live-ui/foreign-html";
