import { theApp } from "../../../server/the-app";

/** One-time queries and changes over HTTP, with the rights of whoever sends them: `curl --cookie … /data/demo.annotations`. */
const answer = (request: Request) => theApp().annotations.data(request);

export { answer as DELETE, answer as GET, answer as OPTIONS, answer as PATCH, answer as POST };
