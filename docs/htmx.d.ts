/** htmx 4, which an example imports. */
declare module "htmx.org" {
  const htmx: Parameters<typeof import("fourgate/live-ui/client/htmx").registerLive>[0];
  export { htmx as default };
}
