import type { VariableDeclarator } from "oxc-parser";
import type { Source } from "../code/source.js";
import { said, type ChannelFile } from "./channel-file.js";
import { registrationOf } from "./registration.js";
import { scopeOf } from "./scope-of.js";
import { scopeWords } from "./scope.js";

/** A channel as a file describes it that no generator has written. */
export interface OtherChannel {
  /** The constants that hold it. */
  readonly constants: readonly string[];
  readonly kind: "channel" | "presence";
  /** Undefined where the file does not say it as a literal. */
  readonly name: string | undefined;
  readonly scope: string | undefined;
}

const ENTITY_NAMES = { all: "", one: ":{id}" } as const;

/** The channels of a file: of `defineRealtimeChannel` under any name, `definePresenceChannel` and `defineEntityChannels`. */
export function otherChannels(source: Source): readonly OtherChannel[] {
  const constants = source.program.body.flatMap((statement) => {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    return declared?.type === "VariableDeclaration" ? declared.declarations : [];
  });
  return constants.flatMap((constant) => described(source, constant, constants));
}

function described(
  source: Source,
  { id, init }: VariableDeclarator,
  constants: readonly VariableDeclarator[],
): readonly OtherChannel[] {
  if (id.type !== "Identifier" || init?.type !== "CallExpression" || init.callee.type !== "Identifier") return [];
  const [first] = init.arguments;
  if (init.callee.name === "definePresenceChannel" && first?.type === "Identifier")
    return [{ constants: [id.name], kind: "presence", name: `presence of ${first.name}`, scope: "as that" }];
  if (first?.type !== "ObjectExpression") return [];
  const file: ChannelFile = { source, description: first };
  const found = scopeOf(file);
  const scope = found && scopeWords(found);
  if (init.callee.name === "defineRealtimeChannel")
    return [{ constants: [id.name], kind: "channel", name: literalIn(file, "name"), scope }];
  if (init.callee.name !== "defineEntityChannels") return [];
  const entity = literalIn(file, "entity");
  return (["all", "one"] as const).map((member) => ({
    constants: aliasesOf(id.name, member, constants),
    kind: "channel",
    name: entity === undefined ? undefined : `entity:${entity}${ENTITY_NAMES[member]}`,
    scope,
  }));
}

function literalIn(file: ChannelFile, key: string): string | undefined {
  const value = said(file, key);
  return value?.type === "Literal" ? String(value.value) : undefined;
}

/** The constants that are `<entity>.all` or `<entity>.one`. */
function aliasesOf(entity: string, member: string, constants: readonly VariableDeclarator[]): readonly string[] {
  return constants.flatMap(({ id, init }) =>
    id.type === "Identifier" &&
    init?.type === "MemberExpression" &&
    init.object.type === "Identifier" &&
    init.object.name === entity &&
    init.property.type === "Identifier" &&
    init.property.name === member
      ? [id.name]
      : [],
  );
}

/** How the first of these constants that is registered is; undefined where none is. */
export function registrationIn(sources: readonly Source[], constants: readonly string[]) {
  for (const source of sources)
    for (const constant of constants) {
      const found = registrationOf(source, constant);
      if (found) return found.method;
    }
  return undefined;
}
