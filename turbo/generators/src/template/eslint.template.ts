/** An ESLint config for a workspace without one. */
export function eslintConfigTemplate(name: string, from: string): string {
  return `import { ${name} } from ${JSON.stringify(from)};

export default [...${name}];
`;
}

/** The realtime rules as a list that any flat config can take in. */
export function eslintRealtimeTemplate(name: string): string {
  return `import realtime from "eslint-plugin-realtime";
import tseslint from "typescript-eslint";

/** The realtime rules, switched on; tests of channels make bad ones too. */
export const ${name} = [
  { name: "realtime/ignores", ignores: ["**/dist/**", "**/.turbo/**", "**/fixtures/**"] },
  { name: "realtime/typescript", files: ["**/*.{ts,mts,tsx}"], languageOptions: { parser: tseslint.parser } },
  realtime.configs.recommended,
  {
    name: "realtime/adapters", // the files that know a vendor
    rules: {
      "realtime/no-direct-socket-io": [
        "error",
        { allow: ["packages/realtime-socket-io/src/**", "packages/realtime-client/src/socket-io-*.ts", "apps/*/server.ts"] },
      ],
      "realtime/no-direct-ws": ["error", { allow: ["packages/realtime-ws/src/**", "apps/*/server.ts"] }],
    },
  },
  {
    name: "realtime/tests",
    files: ["**/*.{test,types}.ts", "packages/core-testing/src/**"],
    rules: { "realtime/static-channel-name": "off", "realtime/require-scope": "off" },
  },
];
`;
}
