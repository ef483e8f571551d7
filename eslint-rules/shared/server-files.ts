/** Which files are the server of an app, in a workspace or in a repository of one app: they wire, and may import vendors. */
export const SERVER_FILES: readonly string[] = [
  "{apps/*/,}{src/,}server.{ts,mts,cts,js,mjs,cjs}",
  "{apps/*/,}{src/,}server/**",
];
