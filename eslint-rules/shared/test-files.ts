/** Which files are tests, type tests and benches, as globs; the default of every rule that treats them apart. */
export const TEST_FILES: readonly string[] = ["**/*.{test,spec,types,bench}.*", "**/__tests__/**", "**/e2e/**"];
