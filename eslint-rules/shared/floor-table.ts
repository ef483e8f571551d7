import { TEST_FILES } from "./test-files.ts";

/** A floor: which packages are on it, and which lower floors they may import. */
export interface Floor {
  readonly name: string;
  /** The tag that the packages of this floor have in their turbo.json. */
  readonly tag: string;
  /** Only this part of those packages: the folder `src/<part>` and the subpath `/<part>`. */
  readonly part?: string;
  /** Names of floors that stand earlier in the table. */
  readonly imports: readonly string[];
  /** Further floors for this floor's UI files. */
  readonly uiImports?: readonly string[];
}

/** Who may import whom, from the ground up. */
export interface FloorTable {
  readonly floors: readonly Floor[];
  readonly uiFiles: readonly string[];
  readonly testFiles: readonly string[];
  /** Further floors for every test. */
  readonly testImports: readonly string[];
}

const CAPABILITIES = ["3 capabilities", "3 on adapters"];
const CLIENTS = ["4 clients", "4 bindings"];

/** The floors of docs/architecture.md. Siblings on a floor do not import each other; only an app wires. */
export const ARCHITECTURE: FloorTable = {
  floors: [
    { name: "0 contracts", tag: "core", imports: [] },
    { name: "1 engine", tag: "core", part: "server", imports: ["0 contracts"] },
    { name: "core tests", tag: "core", part: "testing", imports: ["0 contracts", "1 engine"] },
    { name: "tools", tag: "tool", imports: ["0 contracts", "1 engine", "core tests"] },
    { name: "2 adapters", tag: "adapter", imports: ["0 contracts", "1 engine"] },
    {
      name: "database tests",
      tag: "adapter",
      part: "testing",
      imports: ["0 contracts", "1 engine", "tools", "2 adapters"],
    },
    { name: "3 capabilities", tag: "capability", imports: ["0 contracts"] },
    {
      name: "3 on adapters",
      tag: "capability-on-adapters",
      imports: ["0 contracts", "1 engine", "2 adapters"],
    },
    { name: "4 clients", tag: "client", imports: ["0 contracts"] },
    { name: "4 bindings", tag: "client-binding", imports: ["0 contracts", "4 clients"] },
    { name: "5 features", tag: "feature", imports: ["0 contracts", ...CAPABILITIES], uiImports: CLIENTS },
    {
      name: "6 apps",
      tag: "app",
      imports: ["0 contracts", "1 engine", "2 adapters", ...CAPABILITIES, ...CLIENTS, "5 features"],
    },
  ],
  uiFiles: ["**/*.tsx", "**/ui/**"],
  testFiles: TEST_FILES,
  testImports: ["core tests", "tools", "database tests"],
};
