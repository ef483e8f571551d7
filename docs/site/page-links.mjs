import { existsSync } from "node:fs";
import { posix } from "node:path";
import { outsideCode } from "./page-text.mjs";

const LINK = /`[^`]*`|(!?)\[((?:`[^`]*`|[^\]`])*)\]\(([^)\s]+)\)/g;
const ELSEWHERE = /^(?:[a-z]+:|\/\/)/i;

/**
 * The text of a page with its links made for the site. A link to a page leads to the page, a picture stays one, a link to a
 * source becomes the name of the source, since the site has no sources. What leads nowhere is added to `problems`.
 */
export function linkPage(page, { pages, root, problems }) {
  const bySource = new Map(pages.map((each) => [each.source, each]));
  const report = (target) => problems.push(`${page.source}: the link to ${target} leads nowhere`);

  return outsideCode(page.text, (line) =>
    line.replaceAll(LINK, (...match) => {
      const [whole, image, label, target] = match;
      if (target === undefined || ELSEWHERE.test(target)) return whole;
      const [path, anchor] = target.split("#");
      const source = path === "" ? page.source : posix.join(posix.dirname(page.source), path).replace(/\/$/, "");
      const suffix = anchor === undefined ? "" : `#${anchor}`;
      const found = bySource.get(source) ?? bySource.get(`${source}/README.md`);
      if (found) {
        if (anchor !== undefined && !found.anchors.has(anchor)) report(target);
        return `[${label}](${path === "" ? "" : relativeTo(page.route, found.route)}${suffix})`;
      }
      if (source === "docs/decisions") return `[${label}](${relativeTo(page.route, "decisions/index.md")})`;
      if (source === "README.md") return `[${label}](${relativeTo(page.route, "index.md")})`;
      if (!existsSync(posix.join(root, source))) report(target);
      if (image) return `![${label}](${relativeTo(page.route, source.replace(/^docs\//, ""))})`;
      return label;
    }),
  );
}

function relativeTo(from, to) {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}
