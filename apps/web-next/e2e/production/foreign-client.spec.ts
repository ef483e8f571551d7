import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { findPython } from "@repo/scripts/find-python";
import { NetworkProxy } from "../network-proxy";
import { expect, test } from "../test";

const python = findPython();
const CLIENT = fileURLToPath(new URL("../../../../docs/examples/client.py", import.meta.url));

test("a client in another language connects, subscribes, publishes, and recovers what it missed", async ({
  visit,
  server,
}) => {
  test.skip(!python, "python3 with websockets is not here (Debian: python3-websockets)");
  const network = await NetworkProxy.open(server.port);
  const client = spawn(python ?? "", [CLIENT, `ws://127.0.0.1:${network.port}/realtime`, "realtime-ping", "ping"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  let printed = "";
  client.stdout.on("data", (chunk) => (printed += String(chunk)));
  const ping = (nonce: string) => client.stdin.write(`${JSON.stringify({ nonce })}\n`);
  const count = (text: string) => printed.split(text).length - 1;
  try {
    const mia = await visit("mia");
    ping("from afar");
    await expect.poll(() => printed).toContain('reply {"type": "reply"');
    await expect(mia.getByTestId("pulse")).toContainText("A visitor pinged");

    network.cut();
    await mia.getByRole("button", { name: "Ping", exact: true }).click();
    await expect(mia.getByText(/^Replied in/)).toBeVisible();
    await expect.poll(() => count('message {"nonce"')).toBe(2); // its own, and the one that it missed
    ping("back again");
    await expect.poll(() => count('message {"nonce": "back again"}')).toBe(1);
    expect(count('message {"nonce"')).toBe(3);
    expect(printed).not.toContain("stale");
  } finally {
    client.kill();
    await network.close();
  }
});
