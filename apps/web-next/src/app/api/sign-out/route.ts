import { pathOf } from "../../../base-path";
import { signOut } from "../../../server/sign-in";
import { theApp } from "../../../server/the-app";

/** The sign-out button: ends the session and cuts its live connections, in all its tabs. */
export async function POST(request: Request): Promise<Response> {
  const app = theApp();
  if (!app.isOwnPage(request.headers))
    return new Response("Only this app's own pages may sign out.\n", { status: 403 });
  return new Response(null, {
    status: 303,
    headers: { location: pathOf("/"), "set-cookie": await signOut(app, request.headers) },
  });
}
