import { HttpRefusal } from "./http-refusal.js";

const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32; // deeper data is an attack on recursive code

/** A request's body. A foreign page's form cannot send JSON, so the type is asked for. */
export async function readJson(request: Request): Promise<unknown> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/json")
    throw new HttpRefusal(415, "Send JSON, with the header content-type: application/json.");
  const text = new TextDecoder("utf-8", { fatal: true });
  try {
    const value: unknown = JSON.parse(text.decode(await readBytes(request)));
    if (isDeeper(value, MAX_DEPTH)) throw new HttpRefusal(400, `The body is nested deeper than ${MAX_DEPTH} levels.`);
    return value;
  } catch (cause) {
    if (cause instanceof HttpRefusal) throw cause;
    throw new HttpRefusal(400, "The body is no JSON.");
  }
}

async function readBytes({ body }: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw new HttpRefusal(413, `The body has more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1));
}
