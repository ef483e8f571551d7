import type { Finding } from "./figure";

/** A finding with the transport that it was made on. */
export interface Row extends Finding {
  readonly transport: string;
}

/** The rows as a table of Markdown. */
export function findingsTable(rows: readonly Row[]): string {
  const head = ["transport", "figure", "bound", "measured", "ok"];
  const lines = rows.map(({ transport, figure, bound, measured, isMet }) => [
    transport,
    figure,
    bound,
    measured,
    isMet ? "✓" : "✗ missed",
  ]);
  return [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
