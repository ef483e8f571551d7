import type { ObjectPattern } from "oxc-parser";
import { formatEntry } from "../code/format.js";
import { enclosingList } from "../code/enclosing-list.js";
import { listSpan } from "../code/list-span.js";
import { isUsedOutside, removeEntry, removeUnusedImports, type Piece } from "../code/remove.js";
import { indentAt, type Source } from "../code/source.js";
import type { BindFile } from "./bind-files.js";
import { bindFunction, contextCode } from "./bind-function.js";
import type { ChannelNames } from "./names.js";
import { registrationOf } from "./registration.js";

/** Takes a channel's registration out of a bind file, with the imports and the context that nothing else uses. */
export function unregisterChannel({ source }: BindFile, { channel }: ChannelNames): void {
  const found = registrationOf(source, channel);
  const list = found && enclosingList(source, found.call.start);
  if (!found || !list) return;
  removeEntry(source, listSpan(source, list), found.call);
  tidy(source, [found.call]);
}

/** Takes a channel's handler out of its registration, which stays without it. */
export async function unregisterHandler({ source, style }: BindFile, channel: ChannelNames): Promise<void> {
  const found = registrationOf(source, channel.channel);
  if (found?.method !== "register") return;
  const { call } = found;
  const hasOpening = source.text.slice(call.start, call.end).includes(channel.opening);
  const registry = (await contextCode(source, [], style)).member("registry");
  const code = hasOpening
    ? `${registry}.register(${channel.channel}, { opening: ${channel.opening} })`
    : `${registry}.registerChannel(${channel.channel})`;
  const indent = indentAt(source, call.start);
  const lines = await formatEntry(code, { list: "ArrayExpression", indent }, style);
  source.edits.overwrite(call.start, call.end, lines.split("\n").join(source.eol));
  tidy(source, [call], code);
}

/** Takes out what only the removed pieces have used; `kept` is code that replaces them. */
function tidy(source: Source, pieces: readonly Piece[], kept = ""): void {
  const { context } = bindFunction(source);
  removeUnusedImports(source, pieces, kept);
  if (context.type === "ObjectPattern") return tidyPattern(source, context, { pieces, kept });
  const { name, start } = context;
  const own = { start, end: start + name.length };
  if (kept === "" && !isUsedOutside(source, name, [...pieces, own])) source.edits.appendLeft(start, "_");
}

interface Removed {
  readonly pieces: readonly Piece[];
  readonly kept: string;
}

function tidyPattern(source: Source, pattern: ObjectPattern, { pieces, kept }: Removed): void {
  const isUnused = (name: string) =>
    !isUsedOutside(source, name, [...pieces, pattern]) && !new RegExp(`\\b${name}\\b`).test(kept);
  const names = pattern.properties.filter(
    (property) => property.type === "Property" && property.key.type === "Identifier" && isUnused(property.key.name),
  );
  if (names.length < pattern.properties.length)
    for (const property of names) removeEntry(source, listSpan(source, pattern), property);
  else source.edits.overwrite(pattern.start, patternEnd(source, pattern), "_context");
}

/** Without the type behind it. */
function patternEnd(source: Source, pattern: ObjectPattern): number {
  return listSpan(source, pattern).close + 1;
}
