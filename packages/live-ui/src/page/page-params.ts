/** The names in a path: `"boardId"` of `/boards/:boardId`. */
export type ParamName<Path extends string> = string extends Path
  ? string
  : Path extends `${string}:${infer Name}/${infer Rest}`
    ? Name | ParamName<`/${Rest}`>
    : Path extends `${string}:${infer Name}`
      ? Name
      : never;
