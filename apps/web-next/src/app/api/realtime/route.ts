import { routeStream } from "../../../server/route-stream";

export const dynamic = "force-dynamic";

/** SSE and POST as a plain route handler of Next: for apps that own no server, where the process lives on between requests. */
export const GET = routeStream;
export const POST = routeStream;
