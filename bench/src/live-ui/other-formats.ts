import { createHash } from "node:crypto";
import type { TemplateResult } from "@repo/live-ui";
import { renderToString } from "@repo/live-ui/protocol";

// Replies of others that do not run in the bench, written from the formats of their sources: Livewire 4.4 and Phoenix LiveView 1.2.10.

/** A page after an action, as the others would describe it. */
export interface OtherPage {
  readonly name: string;
  readonly shown: TemplateResult;
  /** What Livewire keeps in its snapshot. */
  readonly livewire: { readonly data: object; readonly errors: object };
  /** What has changed for LiveView: a template's dynamic parts by their indexes. */
  readonly liveView: object;
}

/**
 * The body of Livewire's reply: the snapshot, signed, and the HTML of the whole component. Markers of its morph and `wire:key` are left
 * out, white space between elements and our automatic ids as well, all of which is in its favour.
 */
export function livewireReply({ name, shown, livewire: { data, errors } }: OtherPage): string {
  const memo = { id: COMPONENT, name, path: name, method: "GET", release: "a-a-a", children: [], scripts: [], assets: [], errors, locale: "en", islands: [] }; // prettier-ignore
  const unsigned = { data, memo };
  const checksum = createHash("sha256").update(JSON.stringify(unsigned)).digest("hex");
  const snapshot = JSON.stringify({ ...unsigned, checksum });
  const html = livewireHtml(shown).replace("<main ", `<main wire:id="${COMPONENT}" wire:name="${name}" `);
  return JSON.stringify({ components: [{ snapshot, effects: { returns: [null], html } }], assets: [] });
}

const COMPONENT = "a1B2c3D4e5F6g7H8i9J0";

function livewireHtml(shown: TemplateResult): string {
  return renderToString(shown, { root: "automatic" })
    .replaceAll(/ id="automatic[^"]*"/g, "")
    .replaceAll(/data-live-click="remove" data-live-value-id="(\d+)"/g, 'wire:click="remove($1)"')
    .replaceAll("data-live-", "wire:")
    .replaceAll(/>\s+</g, "><")
    .trim();
}

/**
 * LiveView's reply to an event, by the JSON serializer 2.0.0. A keyed comprehension sends the new row alone. `id={"row-#{id}"}` is split when it
 * is compiled, so `101` is sent; `phx-value-id={id}` is not: the whole attribute is sent.
 */
export function liveViewReply({ liveView }: OtherPage): string {
  const response = { diff: { 0: liveView } };
  return JSON.stringify(["4", "7", "lv:phx-GIabcdefghijkLMN", "phx_reply", { response, status: "ok" }]);
}
