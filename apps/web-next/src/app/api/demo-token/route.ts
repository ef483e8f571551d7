import { demoPerson } from "../../../server/demo-people";
import { smallBody } from "../../../server/small-body";
import { theApp } from "../../../server/the-app";

/** A token for one of the two people of the first page. Off unless demo sign-in is on; only for this app's own pages. */
export async function POST(request: Request): Promise<Response> {
  const { environment, isOwnPage, demoTokens } = theApp();
  if (!environment.demoSignIn) return new Response("Demo sign-in is switched off.\n", { status: 404 });
  if (!isOwnPage(request.headers)) return new Response("Only this app's own pages get demo tokens.\n", { status: 403 });
  const person = demoPerson((await smallBody(request)) ?? "");
  if (!person) return new Response("There is no such demo person.\n", { status: 400 });
  const headers = { "content-type": "text/plain", "cache-control": "no-store" };
  return new Response(await demoTokens.seal(person.userId), { headers });
}
