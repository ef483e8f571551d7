import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";

const LINK = /\shref="([^"]+)"/g;
const ID = /\sid="([^"]+)"/g;

/** Every link within a built site whose file or anchor does not exist, as `page: link`. */
export function deadLinks(folder, base) {
  const pages = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".html"));
  const ids = new Map(pages.map((page) => [page, idsOf(readFileSync(join(folder, page), "utf8"))]));
  const dead = new Set();
  for (const page of pages) {
    for (const [, href = ""] of readFileSync(join(folder, page), "utf8").matchAll(LINK)) {
      if (/^(?:[a-z]+:|\/\/)/i.test(href)) continue;
      const [path = "", anchor] = decode(href).split("#");
      const target = path === "" ? page : fileOf(folder, relativeTo(page, path, base));
      if (target === undefined) dead.add(`${page}: ${href}`);
      else if (anchor && ids.has(target) && !ids.get(target)?.has(anchor)) dead.add(`${page}: ${href}`);
    }
  }
  return [...dead];
}

function idsOf(html) {
  return new Set([...html.matchAll(ID)].map(([, id = ""]) => decode(id)));
}

function decode(text) {
  return decodeURIComponent(text.replaceAll("&amp;", "&"));
}

function relativeTo(page, path, base) {
  if (path.startsWith(base)) return path.slice(base.length);
  return posix.join(posix.dirname(page), path);
}

function fileOf(folder, path) {
  for (const file of [path, posix.join(path, "index.html"), `${path}.html`]) {
    const place = join(folder, file);
    if (existsSync(place) && statSync(place).isFile()) return file;
  }
  return undefined;
}
