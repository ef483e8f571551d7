export { createLivePages, type LivePages, type LivePagesOptions } from "./create-live-pages.js";
export type { LayoutParts, PageLayout } from "./http/document.js";
export { component, defineComponent, type ComponentDescription, type LiveComponent } from "./page/component.js";
export {
  live,
  type ActionContext,
  type ConnectedContext,
  type InputIssues,
  type LivePage,
  type MountContext,
  type PageAction,
  type PageContext,
  type PageDescription,
} from "./page/live-page.js";
export { partial, partialsReply, respondPartials, type Partial } from "./respond/partial.js";
export { respondHtml, type HtmlReplyOptions, type SafeHtml } from "./respond/respond-html.js";
export type { HxSwap4 } from "./encoders/hx-partial-element.js";
export type { IPageReads, RecordedLoad } from "./run/page-reads.seam.js";
export { InMemoryStateStore, type InMemoryStateStoreOptions } from "./state/in-memory-state-store.js";
export type { JsonValue } from "./state/json-value.js";
export { PostgresStateStore, type PostgresStateStoreOptions } from "./state/postgres-state-store.js";
export { ref, type Ref } from "./state/ref.js";
export type { IStateStore, NextState, StoredState } from "./state/state-store.seam.js";
export { each } from "./template/each.js";
export { html, raw } from "./template/html.js";
export type { RawHtml, Slot, TemplateList, TemplateResult } from "./template/template-result.js";
