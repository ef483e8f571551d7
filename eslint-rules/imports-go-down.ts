import type { TSESLint } from "@typescript-eslint/utils";
import { floorPlan, type Unit } from "./shared/floor-plan.ts";
import { FLOOR_TABLE_SCHEMA } from "./shared/floor-table-schema.ts";
import { ARCHITECTURE, type FloorTable } from "./shared/floor-table.ts";
import { matchesAny } from "./shared/matches-any.ts";
import { eachModuleReference } from "./shared/module-references.ts";
import { isRelative, resolveRelative } from "./shared/resolve-specifier.ts";
import { workspaceAt } from "./shared/workspace-members.ts";
import { workspacePath, workspaceRoot } from "./shared/workspace-path.ts";

type MessageIds = "escapes" | "sibling" | "upward";

/** Imports go down the floors, never up and never sideways. */
export const importsGoDown: TSESLint.RuleModule<MessageIds, readonly [Partial<FloorTable>?]> = {
  meta: {
    type: "problem",
    docs: { description: "Let imports go down the floors of the architecture, never up and never sideways." },
    messages: {
      escapes: '"{{specifier}}" leaves this package. Import the other package by its name, from what it exports.',
      sibling:
        '"{{specifier}}" is a sibling on floor "{{home}}", and siblings do not import each other. Let an app wire them, or move what they share down a floor.',
      upward:
        '"{{specifier}}" is on floor "{{floor}}"; floor "{{home}}" imports {{allowed}}. Take it as an argument that an app passes in, or move what is needed down a floor.',
    },
    schema: [FLOOR_TABLE_SCHEMA],
  },
  create(context) {
    const table = { ...ARCHITECTURE, ...context.options[0] };
    const workspace = workspaceAt(workspaceRoot(context));
    const plan = floorPlan(table.floors, workspace);
    const file = workspacePath(context);
    const home = plan.unitOfPath(file);
    if (!home) return {};
    const allowed = allowedFloors(file, home, table);
    return eachModuleReference(({ specifier, node }) => {
      const path = isRelative(specifier) ? resolveRelative(file, specifier) : undefined;
      const escapes = path !== undefined && workspace.memberOfPath(path) !== workspace.memberOfPath(file);
      if (escapes) return context.report({ node, messageId: "escapes", data: { specifier } });
      const target = path === undefined ? plan.unitOfSpecifier(specifier) : plan.unitOfPath(path);
      if (!target || target.name === home.name || allowed.includes(target.floor.name)) return;
      context.report({
        node,
        messageId: target.floor === home.floor ? "sibling" : "upward",
        data: { specifier, floor: target.floor.name, home: home.floor.name, allowed: allowed.join(", ") || "nothing" },
      });
    });
  },
};

function allowedFloors(file: string, { floor }: Unit, table: FloorTable): readonly string[] {
  const ui = matchesAny(file, table.uiFiles) ? (floor.uiImports ?? []) : [];
  const tests = matchesAny(file, table.testFiles) ? table.testImports : [];
  return [...floor.imports, ...ui, ...tests];
}
