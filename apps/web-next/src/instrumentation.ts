/** Next calls this as it starts. Without server.ts there is no realtime server; production ends here with that error, not at the first page. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { isAppExpected, theApp } = await import("./server/the-app"); // inside the condition, so that the edge bundle leaves it out
    try {
      if (!isAppExpected()) theApp();
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1); // Next itself would report a throw and go on, answering every page with 500
    }
  }
}
