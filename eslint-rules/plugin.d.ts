import type { ESLint, Linter } from "eslint";

/** The plugin as ESLint types it, for configurations in TypeScript. */
declare const plugin: ESLint.Plugin & {
  readonly meta: { readonly name: string };
  readonly rules: NonNullable<ESLint.Plugin["rules"]>;
  readonly configs: { readonly recommended: Linter.Config };
};

export default plugin;
