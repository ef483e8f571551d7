import type { FeatureNames } from "../feature/names.js";

/** The page of a new feature. */
export function featureReadmeTemplate({ feature, packageName, bindProduction, bindDevSeed }: FeatureNames): string {
  return `# ${packageName}

The ${feature} feature: its channels and their handlers.

An app binds it, where its \`features.ts\` lists it:

\`\`\`ts
{ production: ${bindProduction}, development: ${bindDevSeed} },
\`\`\`

Add to it:

\`\`\`sh
pnpm turbo gen realtime --args channel ${feature} <slug> <scope>   # public, authenticated, role:<role>, user:<placeholder>
pnpm turbo gen realtime --args handler ${feature} <slug>           # once clients may send on it
pnpm turbo gen realtime --args channel help                # rooms, events, replies, openings, history, presence
\`\`\`

A dependency of a handler is declared in \`src/di/bind-context.ts\` alone: a handler takes it by \`Pick<BindContext, "name">\`, and the compiler requires it of each app.

**What it does not do.** Its handlers are private: nothing but its bind files imports them.
`;
}
