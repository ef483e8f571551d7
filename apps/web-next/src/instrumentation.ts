/**
 * Next calls this as it starts. Without server.ts there is no realtime server; production ends here with that error, not at the first page.
 * It imports next to nothing: Next compiles it before anything else.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env.NODE_ENV === "production") {
    const { isAppExpected, NO_REALTIME_SERVER } = await import("./server/app-expected"); // inside the condition, so that the edge bundle leaves it out
    if (isAppExpected()) return;
    console.error(NO_REALTIME_SERVER);
    process.exit(1); // Next itself would report a throw and go on, answering every page with 500
  }
}
