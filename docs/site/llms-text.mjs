const SUMMARY =
  "Typed, authorised realtime for TypeScript, on your own servers: a channel is described once, and the server, the browser, recovery after a lost connection, presence and tests follow from it.";
const LEFT_OUT = ["Decisions", "Evidence", "Contributing"]; // of the full text: what a user of the library needs is in the others

/** The index for language models (llmstxt.org): each page with one sentence, by section. */
export function llmsIndex(pages) {
  const sections = [...new Set(pages.map(({ section }) => section))];
  const lines = sections.map((section) => {
    const links = pages
      .filter((page) => page.section === section)
      .map(({ title, route, description }) => `- [${title}](/${route}): ${description}`);
    return `## ${section === "Decisions" ? "Optional" : section}\n\n${links.join("\n")}\n`;
  });
  return `# Fourgate\n\n> ${SUMMARY}\n\n${lines.join("\n")}`;
}

/** All guides and the reference in one file. */
export function llmsFullText(pages) {
  const parts = pages
    .filter(({ section }) => !LEFT_OUT.includes(section))
    .map(({ route, text }) => `<!-- /${route} -->\n\n${text.trim()}\n`);
  return `# Fourgate\n\n> ${SUMMARY}\n\n${parts.join("\n---\n\n")}`;
}
