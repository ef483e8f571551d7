import { RealtimeError } from "../../wire/realtime-error.js";

/** A request's body; undefined where it is larger, and then it is not read to its end. @throws RealtimeError where it never comes whole. */
export async function readBody({ body }: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) return undefined;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new RealtimeError("TRANSPORT_LOST", { cause }); // the client has disconnected: no failure of the server's
  }
  return Buffer.concat(chunks);
}
