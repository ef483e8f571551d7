// The door for ESLint, Oxlint and editors: Node 20 cannot read TypeScript, so jiti reads it for them. No build, on a fresh clone either.
import { createJiti } from "jiti";

const { plugin } = await createJiti(import.meta.url).import("./index.ts");

export default plugin;
