export { RawHtml, TemplateList, TemplateResult, type Slot } from "./template/template-result.js";
export type { Content, Operation, PlacedTemplate } from "./difference/operation.js";
export { decodeState, type DecodedState } from "./state/decode-state.js";
export { encodeState } from "./state/encode-state.js";
export { InMemoryStateStore, type InMemoryStateStoreOptions } from "./state/in-memory-state-store.js";
export type { JsonValue } from "./state/json-value.js";
export type { CommitResult, OpenedPage, PageAt, PageChange, PageEvent } from "./state/page-at.js";
export type { NewPageClaims, PageBinding, PageClaims } from "./state/page-claims.js";
export { newInstance, PageState, type PageStateOptions } from "./state/page-state.js";
export { PageTokens, type PageTokensOptions, type SignedPage } from "./state/page-tokens.js";
export { ref, type Ref } from "./state/ref.js";
export type { IStateStore, NextState, StoredState } from "./state/state-store.seam.js";
export { encodeHxPartials4 } from "./encoders/hx-partials-4.js";
export { encodeHxPartials2 } from "./encoders/hx-partials-2.js";
export { encodeOobSwaps } from "./encoders/oob-swaps.js";
export { encodeTurboStreams, TURBO_STREAM_CONTENT_TYPE } from "./encoders/turbo-streams.js";
export { encodeDatastar, DATASTAR_CONTENT_TYPE } from "./encoders/datastar.js";
export { PrintedPage, type EncodedPage, type PageElement } from "./encoders/encoded-page.js";
export { each } from "./template/each.js";
export { html, raw } from "./template/html.js";
export { renderToString, type RenderOptions } from "./template/render-to-string.js";
export { difference } from "./difference/difference.js";
export { contentDigest } from "./template/content-digest.js";
export { encodeForClient } from "./encoders/client-encoder.js";
export { KnownTemplates } from "./encoders/known-templates.js";
export type { ClientContent, ClientEntry, ClientReference, ClientSlot } from "./encoders/client-entry.js";
export { fingerprintOf } from "./state/fingerprint.js";
export { PostgresStateStore, type PostgresStateStoreOptions } from "./state/postgres-state-store.js";
export { createLivePages, type LivePages, type LivePagesOptions } from "./create-live-pages.js";
export type { LayoutParts, PageLayout } from "./http/document.js";
export { component, defineComponent, type ComponentDescription, type LiveComponent } from "./page/component.js";
export {
  live,
  type ActionContext,
  type ConnectedContext,
  type InputIssues,
  type LivePage,
  type PageAction,
  type PageContext,
  type PageDescription,
} from "./page/live-page.js";
export type { IPageReads, RecordedLoad } from "./run/page-reads.seam.js";
export { partial, Partial, partialsReply, respondPartials } from "./respond/partial.js";
export { respondHtml, type HtmlReplyOptions, type SafeHtml } from "./respond/respond-html.js";
export type { HxSwap4 } from "./encoders/hx-partial-element.js";
