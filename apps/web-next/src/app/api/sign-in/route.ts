import { pathOf } from "../../../base-path";
import { signIn } from "../../../server/sign-in";
import { smallBody } from "../../../server/small-body";
import { theApp } from "../../../server/the-app";

/** The sign-in page's form: a demo person's id, no password. Off unless demo sign-in is on. */
export async function POST(request: Request): Promise<Response> {
  const app = theApp();
  if (!app.environment.demoSignIn) return new Response("Demo sign-in is switched off.\n", { status: 404 });
  if (!app.isOwnPage(request.headers)) return new Response("Only this app's own pages may sign in.\n", { status: 403 });
  const body = await smallBody(request);
  if (body === undefined) return new Response("The form is too large.\n", { status: 413 });
  const cookie = await signIn(app, request.headers, new URLSearchParams(body).get("person") ?? "");
  if (!cookie) return new Response("There is no such demo person.\n", { status: 400 });
  return new Response(null, { status: 303, headers: { location: pathOf("/desk"), "set-cookie": cookie } });
}
