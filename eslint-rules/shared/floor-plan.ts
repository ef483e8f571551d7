import type { Floor } from "./floor-table.ts";
import type { Workspace, WorkspaceMember } from "./workspace-members.ts";

/** A package, or the part of a package that has a floor of its own. */
export interface Unit {
  readonly name: string;
  readonly floor: Floor;
}

/** Finds the unit that a workspace path or an import belongs to. What has no tag of the table has none. */
export interface FloorPlan {
  unitOfPath(path: string): Unit | undefined;
  unitOfSpecifier(specifier: string): Unit | undefined;
}

/** Reads a floor table; a `TypeError` where a floor imports one that is not below it. */
export function floorPlan(floors: readonly Floor[], workspace: Workspace): FloorPlan {
  checkDownward(floors);
  return {
    unitOfPath(path) {
      const member = workspace.memberOfPath(path);
      return member && unitIn(floors, member, path.slice(member.folder.length + 1));
    },
    unitOfSpecifier(specifier) {
      const member = workspace.memberOfSpecifier(specifier);
      return member && unitIn(floors, member, specifier.slice(member.name.length + 1));
    },
  };
}

/** `inside` is a path within the package: of a file, or after its name in an import. */
function unitIn(floors: readonly Floor[], { name, tags }: WorkspaceMember, inside: string): Unit | undefined {
  const [first = "", second = ""] = inside.split("/");
  const part = first === "src" ? second : first;
  const own = floors.filter(({ tag }) => tags.includes(tag));
  const special = own.findLast((floor) => floor.part === part);
  if (special) return { name: `${name}/${part}`, floor: special };
  const floor = own.findLast((one) => one.part === undefined);
  return floor && { name, floor };
}

function checkDownward(floors: readonly Floor[]): void {
  floors.forEach(({ name, imports, uiImports = [] }, index) => {
    const below = floors.slice(0, index).map((floor) => floor.name);
    const wrong = [...imports, ...uiImports].find((other) => !below.includes(other));
    if (wrong !== undefined)
      throw new TypeError(
        `imports-go-down: "${name}" imports "${wrong}", which is no floor below it. List it earlier, or take it out.`,
      );
  });
}
