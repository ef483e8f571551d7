import type { Floor, FloorTable } from "./floor-table.ts";

/** One inhabitant of a floor: a package, or the part of a package that the table lists by itself. */
export interface Unit {
  readonly name: string;
  readonly floor: Floor;
}

/** Answers which unit a workspace path or an import belongs to. */
export interface FloorPlan {
  unitOfPath(path: string): Unit | undefined;
  unitOfSpecifier(specifier: string): Unit | undefined;
}

/** Reads a floor table; a `TypeError` where a floor imports one that is not below it. */
export function floorPlan({ scope, floors }: FloorTable): FloorPlan {
  checkDownward(floors);
  const listed = new Map(floors.flatMap((floor) => (floor.packages ?? []).map((name) => [name, { name, floor }])));
  const unit = (folder: string, [name = "", ...inside]: readonly string[]): Unit | undefined => {
    const part = inside[0] === "src" ? inside[1] : inside[0];
    const rest = floors.find((floor) => floor.folder === folder);
    return listed.get(`${name}/${part}`) ?? listed.get(name) ?? (rest && { name, floor: rest });
  };
  return {
    unitOfPath(path) {
      const [folder = "", ...segments] = path.split("/");
      return floors.some((floor) => floor.folder === folder) ? unit(folder, segments) : undefined;
    },
    unitOfSpecifier: (specifier) =>
      specifier.startsWith(scope) ? unit("packages", specifier.slice(scope.length).split("/")) : undefined,
  };
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
