import { escapeForParser, idSelector, isPlainId } from "./html-escape.js";
import type { ReservedMarkup } from "./contained-content.js";

/** What htmx 4 does with the content of a partial. There is no `morph`: htmx 4 throws on it. */
export const HX_SWAPS = [
  "innerHTML",
  "outerHTML",
  "outerSync",
  "innerMorph",
  "outerMorph",
  "textContent",
  "beforebegin",
  "afterbegin",
  "beforeend",
  "afterend",
  "delete",
  "none",
] as const;

/** How htmx 4 places what it receives. */
export type HxSwap4 = (typeof HX_SWAPS)[number];

/** What htmx 2 does with it: no morph, and `textContent` writes the name of an object. */
export type HxSwap2 = Exclude<HxSwap4, "outerSync" | "innerMorph" | "outerMorph" | "textContent">;

/** Both versions make `<template>` of every `<hx-…>` of a reply, and cut its first `<head>`, wherever they stand. */
export const HX_RESERVED: ReservedMarkup = {
  client: "htmx",
  text: /<hx-[a-z]+[\s>]|<\/hx-[a-z]+>|<\/?head[\s>]/i,
  attribute: "hx-swap-oob",
};

/** One `<hx-partial>`. The content is HTML that `containedContent` has returned. */
export function hxPartialElement(target: string, swap: HxSwap4, content: string): string {
  return `<hx-partial hx-target="${escapeForParser(target)}" hx-swap="${swap}">${content}</hx-partial>`;
}

/** The same for the element with this id, in the shortest form, with a modifier of the swap. */
export function hxPartialById(...[id, swap, content, modifier = ""]: [string, HxSwap4, string, string?]): string {
  const target = isPlainId(id) ? `id="${id}"` : `hx-target="${escapeForParser(idSelector(id))}"`;
  return `<hx-partial ${target} hx-swap="${swap}${modifier}">${content}</hx-partial>`;
}

/** A place for the element with this id: htmx moves it there as it is, with its state. */
export function hxPlaceOf(id: string): string {
  return `<i id="${escapeForParser(id)}" hx-preserve></i>`;
}

/** The selector of the parent of the element with this id. */
export function parentSelector(id: string): string {
  return `:has(> ${idSelector(id)})`;
}
