import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { listen } from "./listen";

const open: Server[] = [];
const server = () => {
  const made = createServer();
  open.push(made);
  return made;
};

afterEach(() => open.splice(0).forEach((made) => made.close()));

it("returns the port that it was given where any would do", async () => {
  const made = server();
  expect(await listen(made, { host: "127.0.0.1", port: 0 })).toBe((made.address() as { port: number }).port);
});

it("names what to do where the port is taken", async () => {
  const port = await listen(server(), { host: "127.0.0.1", port: 0 });
  await expect(listen(server(), { host: "127.0.0.1", port })).rejects.toThrow(
    `Port ${port} is taken: stop what listens there, or set PORT to another number.`,
  );
});

it("names what to do where the host is not this machine", async () => {
  await expect(listen(server(), { host: "192.0.2.1", port: 0 })).rejects.toThrow(
    /HOST is "192.0.2.1", which is no address/,
  );
});
