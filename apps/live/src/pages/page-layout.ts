import { html, type PageLayout } from "@repo/live-ui";

/** The document around every example. What the browser's side fills in is empty, or states what holds without it. */
export const pageLayout: PageLayout = ({ title, head, content }) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="/assets/icon.svg" />
        <link rel="stylesheet" href="/assets/pages.css" />
        ${head}
      </head>
      <body>
        <a class="button skip" href="#main">Skip to the content</a>
        <header class="top">
          <a class="brand" href="/">
            <svg viewBox="0 0 44 24" width="44" height="24" aria-hidden="true">
              <path d="M1 22V8a3 3 0 0 1 6 0V22" opacity="0.4" />
              <path d="M12 22V7a3 3 0 0 1 6 0V22" opacity="0.6" />
              <path d="M23 22V6a3 3 0 0 1 6 0V22" opacity="0.8" />
              <path d="M34 22V5a3 3 0 0 1 6 0V22" />
            </svg>
            <span>Fourgate</span>
            <span class="demo">live pages</span>
          </a>
          <div class="transport">
            <nav aria-label="Transport">
              <a href="?" data-transport="">Auto</a>
              <a href="?transport=ws" data-transport="ws">WebSocket</a>
              <a href="?transport=sse" data-transport="sse">SSE</a>
              <a href="?transport=ajax" data-transport="ajax">AJAX</a>
            </nav>
            <p class="pill" id="transport" role="status">
              <span class="dot" aria-hidden="true"></span><span data-words>Forms</span>
            </p>
          </div>
        </header>
        <main id="main" tabindex="-1">${content}</main>
        <aside class="wire">
          <details id="wire" hidden>
            <summary>On the wire <span class="quiet" data-total></span></summary>
            <ol data-lines></ol>
          </details>
        </aside>
      </body>
    </html>`;
