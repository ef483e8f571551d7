import { theApp } from "../../../server/the-app";

/** One-time queries and changes over HTTP, with the rights of whoever sends them: `curl --cookie … /data/demo.annotations`. */
const respond = (request: Request) => theApp().annotations.data(request);

export { respond as DELETE, respond as GET, respond as OPTIONS, respond as PATCH, respond as POST };
