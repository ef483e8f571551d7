// The navigation of the site. Each page is named by its source, from the root of the repository; a test holds that none is missing.
const guides = (...names) => names.map((name) => `docs/guides/${name}.md`);
const packages = (...names) => names.map((name) => `packages/${name}/README.md`);

export const SECTIONS = [
  { text: "Start", pages: guides("first-channel", "which-mechanism", "comparison") },
  {
    text: "Guides",
    pages: guides(
      "authentication",
      "write-an-authenticator",
      "rooms",
      "chat",
      "notifications",
      "cursors",
      "optimistic-lists",
      "testing",
      "see-what-fails",
      "add-a-channel",
    ),
  },
  {
    text: "Postgres and live queries",
    pages: guides(
      "realtime-from-postgres",
      "operate-postgres",
      "webhooks",
      "live-queries-with-kysely-and-drizzle",
      "records-over-http",
      "auto-refresh",
      "what-is-not-incremental",
    ),
  },
  { text: "Live pages", pages: guides("live-pages", "live-markup", "live-ui-templates", "htmx") },
  { text: "Deploy and operate", pages: guides("deployment", "operations", "troubleshooting") },
  {
    text: "Coming from",
    pages: guides(
      "coming-from-socket-io",
      "coming-from-pusher",
      "coming-from-supabase",
      "coming-from-insforge",
      "coming-from-livewire",
      "coming-from-liveview",
      "coming-from-htmx",
    ),
  },
  { text: "Extend", pages: guides("write-a-transport", "write-a-broker", "write-a-history", "write-a-store") },
  {
    text: "Concepts",
    pages: ["docs/architecture.md", "docs/delivery.md", "docs/security.md", "docs/glossary.md"],
  },
  {
    text: "Reference",
    pages: [
      "docs/errors.md",
      "published/fourgate/README.md",
      "published/create-fourgate/README.md",
      "packages/core-realtime/PROTOCOL.md",
      "packages/live-query/PROTOCOL.md",
      "packages/live-ui/PROTOCOL.md",
      "eslint-rules/README.md",
      "turbo/generators/README.md",
    ],
  },
  {
    text: "Packages",
    isCollapsed: true,
    pages: packages(
      "core-realtime",
      "realtime-client",
      "realtime-react",
      "realtime-ws",
      "realtime-sse",
      "realtime-socket-io",
      "realtime-next",
      "realtime-postgres",
      "realtime-presence",
      "realtime-entities",
      "realtime-bridge",
      "realtime-tanstack-db",
      "realtime-devtools",
      "live-query",
      "live-ui",
      "live-ui-client",
      "core-events",
      "core-observability",
      "core-testing",
      "postgres-testing",
      "notifications",
      "ping",
      "tasks",
    ),
  },
  {
    text: "Evidence",
    isCollapsed: true,
    pages: [
      "docs/figures.md",
      "bench/README.md",
      "chaos/README.md",
      "works-with/README.md",
      "docs/seed-000.md",
      "docs/seed-001.md",
      "docs/seed-003.md",
    ],
  },
  {
    text: "Contributing",
    isCollapsed: true,
    pages: ["CONTRIBUTING.md", "AGENTS.md", "apps/live/README.md", "apps/web-next/README.md"],
  },
];

/** Where decisions are: every file of the folder is a page. */
export const DECISIONS = "docs/decisions";
