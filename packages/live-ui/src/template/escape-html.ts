const SPECIAL = /[&<>"']/;
const EACH_SPECIAL = /[&<>"']/g;
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text as HTML, for content and for attributes in quotation marks of either kind. */
export function escapeHtml(text: string): string {
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (character) => REFERENCES[character] ?? character) : text;
}
