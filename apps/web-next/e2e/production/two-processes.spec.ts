import { PostgresServer } from "@repo/postgres-testing";
import { PgClient } from "@repo/realtime-postgres";
import { NetworkProxy } from "../network-proxy";
import { arrivalsOf, expectLive, openOrders, rowsOf, runSql } from "../orders-page";
import { ServerProcess } from "../server-process";
import { expect, signIn, test } from "../test";

const ends: (() => Promise<unknown>)[] = [];
test.afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test("of two processes on one database one is killed: its page goes on at the other, signed in, with what it has missed", async ({
  browser,
}) => {
  const postgres = await PostgresServer.start();
  ends.push(() => postgres.close());
  const { connectionString } = await postgres.createDatabase();
  const first = await ServerProcess.start("production", { DATABASE_URL: connectionString });
  ends.push(() => first.kill());
  const second = await ServerProcess.start("production", { DATABASE_URL: connectionString });
  ends.push(() => second.stop());
  const balancer = await NetworkProxy.open(first.port);
  ends.push(() => balancer.close());
  const mia = await browser.newPage({ baseURL: `http://127.0.0.1:${balancer.port}` });
  const sam = await browser.newPage({ baseURL: second.url });
  await signIn(mia, "mia");
  await signIn(sam, "sam");
  await openOrders(mia);
  await openOrders(sam);

  await runSql(sam, "all of mia", "shipped", "commit");
  await expect(arrivalsOf(mia)).toHaveCount(3);

  const leader = await relayHolder(connectionString);
  await first.kill();
  await expect(mia.getByTestId("orders-status")).not.toHaveAttribute("data-state", "live");
  await runSql(sam, "1: Espresso cups", "delivered", "commit");
  await expect(arrivalsOf(sam)).toHaveCount(4);
  await expect(arrivalsOf(mia)).toHaveCount(3);

  balancer.leadTo(second.port);
  await expectLive(mia);
  await expect(arrivalsOf(mia)).toHaveCount(4);
  await expect(arrivalsOf(mia).filter({ hasText: "Espresso cups is delivered" })).toHaveCount(1);
  await expect(rowsOf(mia).filter({ hasText: "Espresso cups" })).toContainText("delivered");
  expect(await relayHolder(connectionString)).not.toBe(leader); // it was killed
  expect(await second.stop()).toBe(0);
});

/** Which process numbers the messages. */
async function relayHolder(connectionString: string): Promise<string | undefined> {
  const client = new PgClient({ connectionString });
  const [row] = await client.query<{ readonly holder: string }>("select holder from realtime.relay_state");
  await client.close();
  return row?.holder;
}
