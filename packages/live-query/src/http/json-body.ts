import { readBody, whyNotPlainJson } from "@repo/core-realtime/server";
import { HttpRefusal } from "./http-refusal.js";

const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32; // deeper data is an attack on recursive code

/** A request's body. A form of another origin cannot send JSON, so the content type is required. */
export async function readJson(request: Request): Promise<unknown> {
  const [type = ""] = (request.headers.get("content-type") ?? "").split(";");
  if (type.trim().toLowerCase() !== "application/json")
    throw new HttpRefusal(415, "Send JSON, with the header content-type: application/json.");
  const bytes = await readBody(request, MAX_BYTES);
  if (!bytes) throw new HttpRefusal(413, `The body has more than ${MAX_BYTES} bytes.`);
  const value = parsed(bytes);
  const why = whyNotPlainJson(value, MAX_DEPTH);
  if (why !== undefined) throw new HttpRefusal(400, `The body is not taken: ${why}.`);
  return value;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new HttpRefusal(400, "The body is no JSON.");
  }
}
