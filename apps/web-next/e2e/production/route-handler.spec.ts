import { expect, test } from "../test";

test("a route handler of Next streams and takes posts, under the page's own sign-in", async ({ visit }) => {
  const mia = await visit("mia");
  const sam = await visit("sam");
  const received = await mia.evaluateHandle(async () => {
    const frames: {
      type: string;
      id?: string;
      userId?: string;
      connectionId?: string;
      e?: string;
      ok?: boolean;
    }[] = [];
    const stream = new EventSource("/api/realtime");
    const connected = new Promise<string>((resolve) => {
      stream.onmessage = ({ data }) => {
        const frame = JSON.parse(String(data));
        frames.push(frame);
        if (frame.type === "connected") resolve(frame.connectionId);
      };
    });
    const connectionId = await connected;
    const send = (frame: object) =>
      fetch("/api/realtime", {
        method: "POST",
        headers: { "content-type": "application/json", "fourgate-connection": connectionId },
        body: JSON.stringify([frame]),
      });
    const posts = [
      await send({ type: "subscribe", id: "in", channel: "realtime-ping" }),
      await send({ type: "subscribe", id: "out", channel: "notifications.user.sam" }),
    ];
    return { frames, statuses: posts.map(({ status }) => status) };
  });
  const frames = () => received.evaluate((all) => all.frames);
  expect(await received.evaluate((all) => all.statuses)).toEqual([202, 202]);
  await expect
    .poll(async () => (await frames()).find(({ type }) => type === "connected"))
    .toMatchObject({ userId: "mia" });
  await expect
    .poll(async () => (await frames()).filter(({ type }) => type === "reply"))
    .toMatchObject([
      { id: "in", ok: true },
      { id: "out", ok: false },
    ]);
  await sam.getByRole("button", { name: "Ping", exact: true }).click();
  await expect.poll(async () => (await frames()).map(({ e }) => e)).toContain("pinged");
});
