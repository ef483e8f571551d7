import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { ChaosNetwork } from "./chaos-network";

/** Two servers behind one network, with one connection to each. */
async function openNetwork() {
  const servers = [createServer().listen(0, "127.0.0.1"), createServer().listen(0, "127.0.0.1")];
  await Promise.all(servers.map((server) => once(server, "listening")));
  const network = await ChaosNetwork.open(
    servers.map((server) => (server.address() as AddressInfo).port),
    1,
  );
  const accepted = Promise.all(servers.map(async (server) => ((await once(server, "connection")) as [Socket])[0]));
  const clients = network.ports.map((port) => connect(port, "127.0.0.1").on("error", () => undefined));
  for (const socket of await accepted) socket.on("error", () => undefined);
  onTestFinished(async () => {
    await network.close();
    for (const end of clients) end.destroy();
    for (const server of servers) server.close();
  });
  return { network, clients };
}

it("aims a fault at the connections of one node, and counts over all of them", async () => {
  const { network, clients } = await openNetwork();
  const ended = clients.map((client) => new Promise((resolve) => client.once("close", resolve)));
  network.strike({ atMs: 0, aim: 0.6, fault: { kind: "cut" } });
  await ended[1];
  expect(clients[0]?.destroyed).toBe(false);
  network.strike({ atMs: 0, aim: 0.4, fault: { kind: "cut" } });
  await ended[0];
  expect(network.kills).toBe(2);
  expect([...network.faults]).toEqual([["cut", 2]]);
});
