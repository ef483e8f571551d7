import { smallBody } from "../../../server/small-body";
import { submitNotification } from "../../../server/submit-notification";
import { theApp } from "../../../server/the-app";

/** Sends a notification as JSON: `{ "to": "sam", "text": "…" }`. The page's form does the same by a server action. */
export async function POST(request: Request): Promise<Response> {
  const body = await smallBody(request);
  if (body === undefined) return Response.json({ sent: false, why: "That is too long." }, { status: 413 });
  const outcome = await submitNotification(theApp(), request.headers, parse(body));
  return Response.json(outcome, { status: outcome.sent ? 201 : outcome.status });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // the draft's schema shows the error
  }
}
