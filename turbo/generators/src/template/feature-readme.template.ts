import type { FeatureNames } from "../feature/names.js";

/** The page of a new feature. */
export function featureReadmeTemplate({ feature, packageName, bindProduction }: FeatureNames): string {
  return `# ${packageName}

The ${feature} feature: its channels, and who answers on them.

\`\`\`sh
pnpm add ${packageName}
\`\`\`

\`\`\`ts
import { ${bindProduction} } from "${packageName}";

const undo = ${bindProduction}({ registry, realtime, bus, tracer, logger });
\`\`\`

Add to it:

\`\`\`sh
pnpm turbo gen realtime --args channel ${feature} <slug> <scope>   # public, authenticated, role:<role>, user:<param>
pnpm turbo gen realtime --args handler ${feature} <slug>           # for clients that speak, too
\`\`\`

**What it does not do.** It wires nothing by itself: an app calls its bind function. Its handlers are private.
`;
}
