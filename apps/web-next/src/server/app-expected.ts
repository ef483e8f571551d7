// Next bundles its own copy of every module; only the global object is the same in both, as in the-app.ts.
const EXPECTED = Symbol.for("fourgate.web-next.app-expected");
const shared = globalThis as { [EXPECTED]?: boolean };

/** What a production process without server.ts is refused with. */
export const NO_REALTIME_SERVER =
  "No realtime server runs in this process, so nothing published here would reach anyone: start the app with `pnpm start`, which runs server.ts, not with `next start`.";

/** Says that an app will be shared before the first page is rendered. Called by server.ts, which prepares Next while it opens its databases. */
export function expectApp(): void {
  shared[EXPECTED] = true;
}

/** Whether server.ts runs in this process. */
export function isAppExpected(): boolean {
  return shared[EXPECTED] === true;
}
