/** The UTF-8 bytes of a text in base64url, for where only a part of ASCII travels. */
export function base64url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replace(/\W/g, (mark) => "-_"["+/".indexOf(mark)] ?? ""); // without the = at its end
}
