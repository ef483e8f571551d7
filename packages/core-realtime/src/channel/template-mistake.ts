import type { TypeMistake } from "./type-mistake.js";

/** What stands between `.` and `:` in a name. */
type SegmentOf<Name extends string> = Name extends `${infer Head}.${infer Rest}`
  ? SegmentOf<Head> | SegmentOf<Rest>
  : Name extends `${infer Head}:${infer Rest}`
    ? SegmentOf<Head> | SegmentOf<Rest>
    : Name;

type WithBrace = `${string}{${string}` | `${string}}${string}`;

/** A segment that is neither text nor one whole placeholder. `parseTemplate` checks each character when the program starts. */
type BadSegment<Segment extends string> = Segment extends ""
  ? Segment
  : Segment extends `{${infer Param}}`
    ? Param extends "" | WithBrace
      ? Segment
      : never
    : Segment extends WithBrace | `${string} ${string}` | `${string}/${string}`
      ? Segment
      : never;

/** Nothing where the name of a channel is well formed; else the compiler's sentence in place of the name. */
export type TemplateMistake<Name extends string> = string extends Name
  ? unknown
  : [BadSegment<SegmentOf<Name>>] extends [never]
    ? unknown
    : {
        readonly name: TypeMistake<`Channel "${Name}": write letters, digits, "_", "-" or one whole {placeholder} in place of "${BadSegment<SegmentOf<Name>>}".`>;
      };
