/** A text as a table holds it. */
export interface StoredText {
  readonly text: string;
  readonly is_escaped: boolean;
}

/** Postgres holds neither U+0000 nor half a surrogate pair in a text: such a text is stored as a JSON string, which escapes both. */
export function storedText(text: string): StoredText {
  const isEscaped = UNSTORABLE.test(text);
  return { text: isEscaped ? JSON.stringify(text) : text, is_escaped: isEscaped };
}

const UNSTORABLE = /[\0\p{Surrogate}]/u; // a whole pair is one code point and no surrogate

/** A text for people, with a replacement character for what Postgres does not hold. */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, "\uFFFD");
}

export function originalText({ text, is_escaped }: StoredText): string {
  return is_escaped ? String(JSON.parse(text)) : text;
}
