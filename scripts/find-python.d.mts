/** A Python with `websockets`; undefined, and a line that says so, where there is none and none can be installed. */
export function findPython(machine?: {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly isRoot?: boolean;
}): string | undefined;
