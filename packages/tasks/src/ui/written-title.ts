/** A title as the server takes it: what was pasted may have lines, controls and half characters. */
export function writtenTitle(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim();
}
