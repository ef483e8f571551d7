export { difference } from "../difference/difference.js";
export type { Content, Operation, PlacedTemplate } from "../difference/operation.js";
export { encodeForClient } from "../encoders/client-encoder.js";
export type {
  ClientContent,
  ClientEntry,
  ClientReference,
  ClientSlot,
  ClientTemplate,
} from "../encoders/client-entry.js";
export { DATASTAR_CONTENT_TYPE, encodeDatastar } from "../encoders/datastar.js";
export { PrintedPage, type EncodedPage, type PageElement } from "../encoders/encoded-page.js";
export { encodeHxPartials2 } from "../encoders/hx-partials-2.js";
export { encodeHxPartials4 } from "../encoders/hx-partials-4.js";
export { KnownTemplates } from "../encoders/known-templates.js";
export { encodeOobSwaps } from "../encoders/oob-swaps.js";
export { encodeTurboStreams, TURBO_STREAM_CONTENT_TYPE } from "../encoders/turbo-streams.js";
export type { JsonValue } from "../state/json-value.js";
export type { NewPageClaims, PageBinding, PageClaims } from "../state/page-claims.js";
export { PageTokens, type PageTokensOptions, type SignedPage } from "../state/page-tokens.js";
export { contentDigest } from "../template/content-digest.js";
export { renderToString, type RenderOptions } from "../template/render-to-string.js";
