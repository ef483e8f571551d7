/** Which files are tests, type tests, benches, and what only they use; the default of every rule that treats them apart. */
export const TEST_FILES: readonly string[] = [
  "**/*.{test,spec,types,bench}.*",
  "**/*-under-test.*",
  "**/{__tests__,e2e,testing}/**",
];
