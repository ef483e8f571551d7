import { escapeHtml } from "../template/escape-html.js";
import { html, raw } from "../template/html.js";
import type { RawHtml, TemplateResult } from "../template/template-result.js";

/** What a layout places. */
export interface LayoutParts {
  /** Text, which `html` escapes. */
  readonly title: string;
  /** The scripts of the browser's side: into `<head>`. */
  readonly head: RawHtml;
  /** The page: into `<body>`. */
  readonly content: RawHtml;
}

/** The document around a page. */
export type PageLayout = (parts: LayoutParts) => TemplateResult;

/** The root element of a page, which the browser's side finds it by. */
export interface PageRoot {
  readonly id: string;
  readonly path: string;
  readonly channel: string;
  readonly token: string;
  readonly content: string;
}

/** @example <div id="lx1" data-live="/counter" data-live-channel="live-counter.x1" data-live-token="v1.…">…</div> */
export function rootHtml({ id, path, channel, token, content }: PageRoot): string {
  const attributes = Object.entries({ id, "data-live": path, "data-live-channel": channel, "data-live-token": token });
  return `<div ${attributes.map(([name, value]) => `${name}="${escapeHtml(value)}"`).join(" ")}>${content}</div>`;
}

/** What a page's `<head>` needs: the module that starts the browser's side. */
export function headHtml(scripts: readonly string[]): RawHtml {
  return raw(scripts.map((src) => `<script type="module" src="${escapeHtml(src)}"></script>`).join(""));
}

export function defaultLayout({ title, head, content }: LayoutParts): TemplateResult {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${head}
      </head>
      <body>
        ${content}
      </body>
    </html>`;
}
