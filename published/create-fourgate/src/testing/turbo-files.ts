const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

export const TURBO_JSON = `{
  "$schema": "https://turborepo.com/schema.json",
  "tasks": {
    // what Next writes
    "build": { "dependsOn": ["^build"], "outputs": [".next/**", "!.next/cache/**"] },
    "check-types": { "dependsOn": ["^check-types"] }
  }
}
`;

/** The files of a small turbo workspace with a Next app, as pnpm has it; give another text, or undefined for none. */
export function turboFiles(changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const files: Readonly<Record<string, string | undefined>> = {
    "package.json": json({ name: "mine", private: true, devDependencies: { turbo: "^2.9.0", typescript: "5.9.2" } }),
    "pnpm-workspace.yaml": 'packages:\n  - "apps/*"\n  - "packages/*"\n',
    "turbo.json": TURBO_JSON,
    "apps/web/package.json": json({
      name: "web",
      dependencies: { next: "16.4.6" },
      devDependencies: { eslint: "^9.39.1" },
    }),
    "apps/web/app/layout.tsx": "export default function Layout() {}\n",
    "apps/web/eslint.config.js": `import { nextJsConfig } from "@repo/eslint-config/next-js";\n\nexport default nextJsConfig;\n`,
    "packages/eslint-config/package.json": json({ name: "@repo/eslint-config", exports: { "./base": "./base.js" } }),
    "packages/eslint-config/base.js": "export const config = [];\n",
    ...changes,
  };
  return Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
