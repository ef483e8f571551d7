/** A mark in a feature's files: generated code goes in before it. */
export interface Anchor {
  /** The whole line, without its indent. */
  readonly line: `// <gen:${string}>`;
  /** Its file, inside the feature's package or the app's. */
  readonly file: string;
  /** Where the line belongs, as the parser says it and as one says it to a person. */
  readonly place: "module" | "ArrayExpression" | "ObjectExpression" | "TSTupleType";
  readonly where: string;
}

const HANDLERS = {
  line: "// <gen:realtime-handlers>",
  place: "ArrayExpression",
  where: "as the last line inside the array `undo`",
} as const;

/** The anchors that each feature has, each of them once. */
export const ANCHORS = {
  channels: {
    line: "// <gen:realtime-channels>",
    file: "src/index.ts",
    place: "module",
    where: "on a line of its own after the last `export { … } from`",
  },
  symbols: {
    line: "// <gen:realtime-handler-symbols>",
    file: "src/di/symbols.ts",
    place: "ObjectExpression",
    where: "as the last line inside the object of handler names",
  },
  production: { ...HANDLERS, file: "src/di/bind-production.ts" },
  devSeed: { ...HANDLERS, file: "src/di/bind-dev-seed.ts" },
} as const satisfies Readonly<Record<string, Anchor>>;

/** The anchor of an app's list of channels, in any folder of its `src/`. */
export const APP_CHANNELS = {
  line: "// <gen:app-channels>",
  file: "app-channels.ts",
  place: "TSTupleType",
  where: "as the last line inside the tuple `[…]` of the type AppChannels",
} as const satisfies Anchor;

/** The anchors of an app's list of features and of its presence channels, both in one file in any folder of its `src/`. */
export const APP_FEATURES = {
  line: "// <gen:features>",
  file: "features.ts",
  place: "ArrayExpression",
  where: "as the last line inside the array `features`",
} as const satisfies Anchor;

/** The anchor of an app's presence channels, which only an app with presence has. */
export const APP_PRESENCE = {
  line: "// <gen:presence-channels>",
  file: "features.ts",
  place: "ArrayExpression",
  where: "as the last line inside the array `presenceChannels`",
} as const satisfies Anchor;
