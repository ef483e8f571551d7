/**
 * The random runs of a broker's contract: two on a server, one on PGlite, where a run takes ten seconds.
 * `BROKER_SEEDS=11,12,13 npx vitest run broker` runs others, and as many.
 */
export function randomSeeds(database: string): readonly number[] {
  const given = process.env["BROKER_SEEDS"];
  if (given) return given.split(",").map(Number);
  return database === "PGlite" ? [12] : [13, 16];
}
