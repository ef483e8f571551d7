/** A token in base64url of its UTF-8 bytes, for where only a part of ASCII travels. */
export function encodeToken(token: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(token));
  return "fourgate.token." + btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
