import { enclosingList } from "../code/enclosing-list.js";
import { findAnchor } from "../code/find-anchor.js";
import type { Style } from "../code/format.js";
import { insertAtAnchor } from "../code/insert-at-anchor.js";
import { keyOf } from "../code/json-source.js";
import { listSpan } from "../code/list-span.js";
import { removeEntry } from "../code/remove.js";
import type { Source } from "../code/source.js";
import { topLevelConst } from "../code/top-level-const.js";
import { Refusal } from "../refusal.js";
import { ANCHORS } from "./anchors.js";
import type { ChannelNames, FeatureNames } from "./names.js";

interface Names {
  readonly feature: FeatureNames;
  readonly channel: ChannelNames;
}

/** Gives a handler its name in traces, unless it has one. */
export async function nameHandler(source: Source, { feature, channel }: Names, style: Style): Promise<void> {
  const list = topLevelConst(source, feature.handlers);
  const around = enclosingList(source, findAnchor(source, ANCHORS.symbols).start);
  if (list?.type !== "ObjectExpression" || around !== list)
    throw new Refusal(
      `${source.path} needs its anchor inside \`export const ${feature.handlers} = { … } as const\`. Its last line is:\n\n  ${ANCHORS.symbols.line}\n`,
    );
  if (list.properties.some((property) => keyOf(property) === channel.handler)) return;
  const code = `${channel.handler}: ${JSON.stringify(`${feature.feature}.on-${channel.slug}`)}`;
  await insertAtAnchor(source, { anchor: ANCHORS.symbols, code, style });
}

/** Takes a handler's name in traces out, where it has one. */
export function removeSymbol(source: Source, { feature, channel }: Names): void {
  const list = topLevelConst(source, feature.handlers);
  if (list?.type !== "ObjectExpression") return;
  const entry = list.properties.find((property) => keyOf(property) === channel.handler);
  if (entry) removeEntry(source, listSpan(source, list), entry);
}
