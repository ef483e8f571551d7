/** Every way that syntax has to reach a module, by name; each case holds exactly one. */
export function waysToReach(module: string): Readonly<Record<string, string>> {
  return {
    "a static import": `import { Server } from "${module}";`,
    "a namespace import": `import * as all from "${module}";`,
    "a side-effect import": `import "${module}";`,
    "import = require()": `import io = require("${module}");`,
    "a named re-export": `export { Server } from "${module}";`,
    "a star re-export": `export * from "${module}";`,
    "a named star re-export": `export * as io from "${module}";`,
    "a dynamic import": `const io = await import("${module}");`,
    "a dynamic import of a template": "const io = await import(`" + module + "`);",
    "a dynamic import behind an assertion": `const io = await import("${module}" as string);`,
    "require()": `const io = require("${module}");`,
    "require.resolve()": `const path = require.resolve("${module}");`,
    "module.require()": `const io = module.require("${module}");`,
    "import.meta.resolve()": `const url = import.meta.resolve("${module}");`,
    "createRequire()": `const io = createRequire(import.meta.url)("${module}");`,
    "createRequire().resolve()": `const path = createRequire(import.meta.url).resolve("${module}");`,
    ...typeWaysToReach(module),
  };
}

/** The ways that take types alone. */
export function typeWaysToReach(module: string): Readonly<Record<string, string>> {
  return {
    "a type import": `import type { Server } from "${module}";`,
    "an inline type import": `import { type Server } from "${module}";`,
    "import type = require()": `import type io = require("${module}");`,
    "a type re-export": `export type { Server } from "${module}";`,
    "an inline type re-export": `export { type Server } from "${module}";`,
    "a star re-export of types": `export type * from "${module}";`,
    "an import type": `let server: import("${module}").Server;`,
    "typeof an import type": `let all: typeof import("${module}");`,
    "a module augmentation": `declare module "${module}" { interface Socket { user: string } }`,
  };
}
