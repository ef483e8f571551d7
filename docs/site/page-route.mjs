const README = /^(?:packages|published)\/([^/]+)\/README\.md$/;
const PROTOCOL = /^packages\/([^/]+)\/PROTOCOL\.md$/;

/** The file of the site in which a source is shown: `docs/guides/a.md` is `guides/a.md`, a package's README `packages/a.md`. */
export function routeOf(source) {
  if (source.startsWith("docs/")) return source.slice("docs/".length);
  const readme = README.exec(source);
  if (readme) return `packages/${readme[1]}.md`;
  const protocol = PROTOCOL.exec(source);
  if (protocol) return `packages/${protocol[1]}-protocol.md`;
  return `project/${source
    .replace(/\/README\.md$/, ".md")
    .replaceAll("/", "-")
    .toLowerCase()}`;
}

/** The identifier of a heading, as GitHub makes it: a link with an anchor leads to the same place there and here. */
export function anchorOf(heading) {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}
