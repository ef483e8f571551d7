/** What the tests of every package have in common. */
export declare const shared: {
  resolve: { conditions: string[] };
  ssr: { resolve: { conditions: string[] } };
};

/** How long a test may take. */
export declare const patience: {
  testTimeout: number;
  hookTimeout: number;
  expect: { poll: { timeout: number } };
};
