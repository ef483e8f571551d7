/** The npm package that a specifier reaches: `ws` for `ws/wrapper.mjs`, also for a path into `node_modules`. */
export function packageName(specifier: string): string | undefined {
  const inside = specifier.split("node_modules/").at(-1) ?? specifier;
  return /^(@[^/]+\/[^/?#]+|[^@./#?:][^/?#:]*)/.exec(inside)?.[1];
}
