/** Runs the start of the process; where it fails, the first line is what to do about it, and the exit code is 1. */
export async function startUp(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    console.error(error instanceof Error ? `\n  ${error.message}\n\n${error.stack}` : error);
    process.exit(1);
  }
}
