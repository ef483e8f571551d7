import { smallBody } from "../../../server/small-body";
import { theApp } from "../../../server/the-app";

/** The demo's own receiver of webhooks: checks the signature, and accepts or refuses as staff has set it. */
export async function POST(request: Request): Promise<Response> {
  const body = await smallBody(request);
  const status = body === undefined ? 413 : theApp().webhooks.receive(request.headers, body);
  return new Response(null, { status });
}
