import { defineConfig } from "vitepress";
import { apiEntries } from "../api-reference.mjs";
import { anchorOf } from "../page-route.mjs";
import { readPages } from "../read-pages.mjs";
import { SECTIONS } from "../sections.mjs";

const base = process.env.DOCS_BASE ?? "/"; // where the site is served, such as "/fourgate/"
const pages = readPages();
const linkOf = (route) => `/${route.replace(/\.md$/, "")}`;
const itemsOf = (section) =>
  pages.filter((page) => page.section === section).map(({ title, route }) => ({ text: title, link: linkOf(route) }));
const api = [
  { text: "All entries", link: "/api/entries" },
  ...apiEntries().map(({ name, route }) => ({ text: name, link: linkOf(route) })),
];

/** What the search reads of a page: of the API the names alone, of the tables of evidence nothing. */
function searchText(text, env, md) {
  if (env.relativePath.startsWith("seed-")) return "";
  const html = md.render(text, env);
  if (!env.relativePath.startsWith("api/")) return html;
  return (html.match(/<h[1-3][\s>][\s\S]*?<\/h[1-3]>/g) ?? []).join("\n");
}

export default defineConfig({
  title: "Fourgate",
  description: "Typed, authorised realtime for TypeScript, on your own servers.",
  base,
  lang: "en",
  srcDir: "pages",
  srcExclude: ["public/**"], // the same pages as text
  ignoreDeadLinks: "localhostLinks", // a tutorial's own server
  outDir: "dist",
  cacheDir: "node_modules/.vitepress",
  metaChunk: true,
  head: [["link", { rel: "icon", type: "image/svg+xml", href: `${base}logo.svg` }]],
  markdown: {
    anchor: { slugify: anchorOf },
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    logo: "/logo.svg",
    outline: [2, 3],
    search: { provider: "local", options: { _render: searchText } },
    nav: [
      { text: "Tutorial", link: "/guides/first-channel" },
      { text: "Guides", link: "/guides/authentication", activeMatch: "^/guides/(?!first-channel)" },
      { text: "API", link: "/api/entries", activeMatch: "^/api/" },
      { text: "Errors", link: "/guides/troubleshooting" },
    ],
    sidebar: {
      "/api/": [{ text: "API", items: api }],
      "/": [
        ...SECTIONS.map(({ text, isCollapsed }) => ({
          text,
          items: itemsOf(text),
          collapsed: isCollapsed ?? false,
        })),
        { text: "Decisions", items: itemsOf("Decisions"), collapsed: true },
        { text: "API", items: api, collapsed: true },
      ],
    },
    footer: {
      message: `MIT licence. For language models: <a href="${base}llms.txt">llms.txt</a>, <a href="${base}llms-full.txt">llms-full.txt</a>; each page is also there as .md.`,
    },
  },
});
