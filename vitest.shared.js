/** What the tests of every package have in common. */
export const shared = {
  resolve: { conditions: ["@repo/source"] },
  ssr: { resolve: { conditions: ["@repo/source"] } },
};

/** How long a test may take: no limit is about speed, and a machine that does four other things must not break one. */
export const patience = { testTimeout: 20_000, hookTimeout: 20_000, expect: { poll: { timeout: 15_000 } } };
