/** The placeholders of a channel name: `"orders.{orderId}.status"` → `"orderId"`. */
export type ParamName<Name extends string> = Name extends `${string}{${infer Param}}${infer Rest}`
  ? Param | ParamName<Rest>
  : never;

/** The values for a channel's placeholders, each a string of at most 256 bytes. */
export type ChannelParams<Name extends string> = { readonly [Param in ParamName<Name>]: string };

/** A channel name taken apart at `.` and `:`. A segment is a literal or one whole placeholder. */
export interface ChannelTemplate {
  /** The `.` and `:` of the name in order, such as `".."`. */
  readonly separators: string;
  /** What stands between the separators. */
  readonly segments: readonly TemplateSegment[];
}

export type TemplateSegment =
  { readonly kind: "literal"; readonly text: string } | { readonly kind: "param"; readonly name: string };

const MAX_NAME_LENGTH = 512; // characters of a template; a longer one is a mistake
const LITERAL = /^[A-Za-z0-9_-]+$/;
const PARAM = /^\{([A-Za-z][A-Za-z0-9_]*)\}$/;

/** Reads a channel name as a template; throws a `TypeError` that states what to write instead. */
export function parseTemplate(name: string): ChannelTemplate {
  if (typeof name !== "string" || name.length === 0 || name.length > MAX_NAME_LENGTH)
    throw new TypeError(`A channel needs a name of 1 to ${MAX_NAME_LENGTH} characters.`);
  const segments = segmentsOf(name).map((text) => parseSegment(text, name));
  const params = segments.flatMap((segment) => (segment.kind === "param" ? [segment.name] : []));
  const twice = params.find((param, index) => params.indexOf(param) !== index);
  if (twice) throw new TypeError(`Channel "${name}" uses the placeholder {${twice}} twice; give each its own name.`);
  return { separators: separatorsOf(name), segments };
}

function parseSegment(text: string, name: string): TemplateSegment {
  const param = PARAM.exec(text)?.[1];
  if (param !== undefined) return { kind: "param", name: param };
  if (LITERAL.test(text)) return { kind: "literal", text };
  throw new TypeError(
    `Channel "${name}" has the segment "${text}"; between "." and ":" write letters, digits, "_", "-", or one whole {placeholder}.`,
  );
}

/** The segments of a name, template or concrete; encoded values hold no separator, so this is exact. */
export function segmentsOf(name: string): string[] {
  return name.split(/[.:]/);
}

/** The separators of a name in order, such as `"..": two names can only match where these agree. */
export function separatorsOf(name: string): string {
  return name.replace(/[^.:]/g, "");
}

/** Could one concrete name match both templates? Such a pair is refused at registration. */
export function templatesOverlap(a: ChannelTemplate, b: ChannelTemplate): boolean {
  if (a.separators !== b.separators) return false;
  return a.segments.every((segment, index) => segmentsOverlap(segment, b.segments[index]));
}

function segmentsOverlap(a: TemplateSegment, b: TemplateSegment | undefined): boolean {
  if (b === undefined) return false;
  return a.kind === "param" || b.kind === "param" || a.text === b.text;
}
