export { RawHtml, TemplateList, TemplateResult, type Slot } from "./template/template-result.js";
export type { Content, Operation, PlacedTemplate } from "./difference/operation.js";
