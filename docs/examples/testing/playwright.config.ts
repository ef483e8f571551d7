// playwright.config.ts
import { defineConfig } from "@playwright/test";

const url = "http://localhost:3000";

export default defineConfig({
  testDir: "e2e",
  use: { baseURL: url },
  webServer: { command: "npm run dev", url },
});
