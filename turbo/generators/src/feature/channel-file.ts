import { Visitor, type Expression, type ObjectExpression } from "oxc-parser";
import { keyOf } from "../code/json-source.js";
import { openSource, type Source } from "../code/source.js";
import { Refusal } from "../refusal.js";
import type { Tree } from "../workspace/tree.js";

/** A `<slug>.channel.ts`, parsed: the constant and what it says of the channel. */
export interface ChannelFile {
  readonly source: Source;
  readonly description: ObjectExpression;
}

/** Reads the file in which a channel is described; refuses one that describes another, or several. */
export function openChannelFile(path: string, text: string, channel: string): ChannelFile {
  const source = openSource(path, text);
  const found: ObjectExpression[] = [];
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (init?.type !== "CallExpression" || init.callee.type !== "Identifier") return;
      if (init.callee.name !== "defineRealtimeChannel") return;
      const [description] = init.arguments;
      if (id.type === "Identifier" && id.name === channel && description?.type === "ObjectExpression")
        found.push(description);
    },
  }).visit(source.program);
  const [description] = found;
  if (description && found.length === 1) return { source, description };
  throw new Refusal(
    `${path} has no \`export const ${channel} = defineRealtimeChannel({ … })\`: give its channel that name.`,
  );
}

/** What a channel says under a key. */
export function said({ description }: ChannelFile, key: string): Expression | undefined {
  const property = description.properties.find((candidate) => keyOf(candidate) === key);
  return property?.type === "Property" ? property.value : undefined;
}

/** The same, as it stands in the file. */
export function saidText(file: ChannelFile, key: string): string | undefined {
  const node = said(file, key);
  return node && file.source.text.slice(node.start, node.end);
}

/** The slugs of a feature's channels. */
export function channelSlugs(tree: Tree, folder: string): readonly string[] {
  const suffix = ".channel.ts";
  return tree
    .list(`${folder}/src/realtime`)
    .flatMap(({ name, kind }) => (kind === "file" && name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []));
}
