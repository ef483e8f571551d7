import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import type { Server } from "node:http";
import { openHostSite } from "./host-site.js";
import { listen, type HostUnderTest } from "./listen.js";

export async function openHonoHost(): Promise<HostUnderTest> {
  const site = await openHostSite();
  const app = new Hono();
  app.all("/counter", ({ req }) => site.pages.fetch(req.raw));
  app.all("/realtime", ({ req }) => site.sse.fetch(req.raw));
  return listen(createAdaptorServer(app) as Server, site); // HTTP/1, where no other server is given
}
