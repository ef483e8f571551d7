const MAX_BODY_BYTES = 16 * 1024; // a name, or 280 characters, many times over

/** The text of a request's body, or undefined where it is larger than anything this app asks for. */
export async function smallBody(request: Request): Promise<string | undefined> {
  if (!request.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) return undefined; // leaving the loop cancels the stream: the rest is never read
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
