import { TEST_FILES } from "./test-files.ts";

/** A floor: who lives there and which lower floors they may import. */
export interface Floor {
  readonly name: string;
  /** Package names without the scope; `core-realtime/server` is the folder `src/server` and the subpath of that name. */
  readonly packages?: readonly string[];
  /** Every package below this folder that no floor lists. */
  readonly folder?: string;
  /** Names of floors that stand earlier in the table. */
  readonly imports: readonly string[];
  /** Further floors for this floor's UI files. */
  readonly uiImports?: readonly string[];
}

/** Who may import whom, from the ground up. */
export interface FloorTable {
  readonly scope: string;
  readonly floors: readonly Floor[];
  readonly uiFiles: readonly string[];
  readonly testFiles: readonly string[];
  /** Further floors for every test. */
  readonly testImports: readonly string[];
}

const ADAPTERS = ["socket-io", "ws", "sse", "redis", "postgres", "otel"].map((how) => `realtime-${how}`);

/** The floors of docs/architecture.md. Siblings on a floor do not know each other; only an app wires. */
export const ARCHITECTURE: FloorTable = {
  scope: "@repo/",
  floors: [
    { name: "0 contracts", packages: ["core-realtime", "core-events", "core-observability"], imports: [] },
    { name: "1 engine", packages: ["core-realtime/server"], imports: ["0 contracts"] },
    { name: "tools", packages: ["core-testing", "postgres-testing", "scripts"], imports: ["0 contracts", "1 engine"] },
    { name: "2 adapters", packages: ADAPTERS, imports: ["0 contracts", "1 engine"] },
    {
      name: "database tests",
      packages: ["realtime-postgres/testing"],
      imports: ["0 contracts", "1 engine", "tools", "2 adapters"],
    },
    {
      name: "3 capabilities",
      packages: ["realtime-presence", "realtime-bridge", "realtime-entities"],
      imports: ["0 contracts"],
    },
    {
      name: "3 on adapters",
      packages: ["live-query", "live-ui", "realtime-next"],
      imports: ["0 contracts", "1 engine", "2 adapters"],
    },
    { name: "4 clients", packages: ["realtime-client"], imports: ["0 contracts"] },
    {
      name: "4 react",
      packages: ["realtime-react", "realtime-tanstack-db", "realtime-devtools", "live-ui-client"],
      imports: ["0 contracts", "4 clients"],
    },
    {
      name: "5 features",
      folder: "packages",
      imports: ["0 contracts", "3 capabilities", "3 on adapters"],
      uiImports: ["4 clients", "4 react"],
    },
    {
      name: "6 apps",
      folder: "apps",
      imports: [
        "0 contracts",
        "1 engine",
        "2 adapters",
        "3 capabilities",
        "3 on adapters",
        "4 clients",
        "4 react",
        "5 features",
      ],
    },
  ],
  uiFiles: ["**/*.tsx", "**/ui/**"],
  testFiles: TEST_FILES,
  testImports: ["tools", "database tests"],
};
