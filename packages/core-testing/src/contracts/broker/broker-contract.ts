import type { IRealtimeBroker, RealtimeEnvelope } from "@repo/core-realtime";
import { describe, expect, it, onTestFinished } from "vitest";
import { Hold } from "../../hold";
import { turn } from "../../event-loop-turn";
import { ClusterNode } from "./cluster-node";
import type { MakeBroker } from "./broker-under-test";

/**
 * What every broker must do; an implementation's test file is one call.
 * @example brokerContract("redis", makeRedisCluster);
 */
export function brokerContract(name: string, make: MakeBroker): void {
  describe(`${name} keeps the broker contract`, () => {
    it("hands every envelope to every node, the sender's own included", async () => {
      const nodes = await openCluster(make, 3);
      for (const [index, { broker }] of nodes.entries()) await broker.publish(envelope(`from ${index}`));
      for (const node of nodes) {
        const heard = (await node.hasHeard(3)).map(({ payload }) => payload);
        expect(heard.toSorted()).toEqual(["from 0", "from 1", "from 2"]);
      }
    });

    it("hands an envelope over as it is: every field, any text, and a megabyte of it", async () => {
      const [here, there] = await openCluster(make, 2);
      const sent: readonly RealtimeEnvelope[] = [
        { ...envelope({ text: "🜂\u0000\u2028", deep: [[{ n: 1.5, none: null }]] }), channel: "a%2Eb.%F0%9F%9C%82:c" },
        { ...envelope("placed"), position: { epoch: "e", offset: 2 ** 53 - 1 }, trace: "00-a-b-01" },
        { ...envelope("from mia"), sender: { type: "user", id: "mia" } },
        { ...envelope("from nobody"), sender: { type: "user" } },
        envelope("x".repeat(1024 * 1024)),
      ];
      for (const each of sent) await here?.broker.publish(each);
      expect(await there?.hasHeard(sent.length)).toEqual(sent);
    });

    it("keeps each publisher's order on every node, whether or not it waits", async () => {
      const nodes = await openCluster(make, 3);
      const count = 200;
      await Promise.all(
        nodes.map(async ({ broker }, from) => {
          for (let n = 0; n < count; n += 1) {
            const published = broker.publish(envelope({ from, n }));
            if (n % 3 === 0) await published;
          }
        }),
      );
      for (const node of nodes) {
        const heard = await node.hasHeard(count * nodes.length);
        for (const from of nodes.keys()) {
          const numbers = heard.flatMap(({ payload }) =>
            isCounted(payload) && payload.from === from ? [payload.n] : [],
          );
          expect(numbers).toEqual(Array.from({ length: count }, (_, n) => n));
        }
      }
    });

    it("resolves a command only when every node has carried it out, the sender's own included", async () => {
      const [slow, here, other] = await openCluster(make, 3);
      const work = new Hold();
      if (slow) slow.carryOut = () => work.pass();
      let isResolved = false;
      const command = { kind: "expel", userId: "mia" } as const;
      const commanded = here?.broker.command(command).then(() => (isResolved = true));
      await Promise.all([here?.hasCarriedOut(), other?.hasCarriedOut()]);
      await turn();
      expect(isResolved).toBe(false);
      work.release();
      await commanded;
      for (const node of [slow, here, other]) expect(node?.commands).toContainEqual(command);
    });

    it("carries every kind of command with all that it says", async () => {
      const [here, there] = await openCluster(make, 2);
      const commands = [
        { kind: "expel", userId: "mia", sessionId: "🜂" },
        { kind: "expel", sessionId: "one" },
        { kind: "revoke", channel: "a.b" },
        { kind: "revoke", userId: "mia", channel: "a%2Eb" },
        { kind: "revoke", connectionId: "one", channel: "a.b" },
      ] as const;
      for (const command of commands) await here?.broker.command(command);
      expect(there?.commands).toEqual(commands);
    });

    it("rejects a command that a node could not carry out, and the others have carried it out all the same", async () => {
      const nodes = await openCluster(make, 3);
      const [broken, here, other] = nodes;
      if (broken)
        broken.carryOut = () => {
          throw new Error("this node is out of order");
        };
      await expect(here?.broker.command({ kind: "expel", userId: "mia" })).rejects.toThrow();
      for (const node of [here, other]) expect(node?.commands).toEqual([{ kind: "expel", userId: "mia" }]);
    });

    it("goes on with the other nodes where one fails to hear", async () => {
      const [broken, here, other] = await openCluster(make, 3);
      if (broken)
        broken.take = () => {
          throw new Error("this node is out of order");
        };
      for (const text of ["first", "second"]) {
        const publish = async () => here?.broker.publish(envelope(text));
        await publish().catch(() => undefined); // whether its speaker is told is the broker's own affair
      }
      for (const node of [here, other])
        expect((await node?.hasHeard(2))?.map(({ payload }) => payload)).toEqual(["first", "second"]);
    });

    it("hands nothing to a node that has stopped to listen, and commands do not wait for it", async () => {
      const [gone, here] = await openCluster(make, 2);
      if (gone) gone.carryOut = () => new Promise(() => undefined);
      gone?.stop();
      await here?.broker.publish(envelope("after"));
      await here?.broker.command({ kind: "expel", userId: "mia" });
      await here?.hasHeard(1);
      expect(gone?.heard).toEqual([]);
    });

    it("hands a node that comes later what is said from then on", async () => {
      const cluster = await make();
      onTestFinished(async () => cluster.close());
      const early = await listenOn(await cluster.join());
      await early.broker.publish(envelope("before"));
      await early.hasHeard(1);
      const late = await listenOn(await cluster.join());
      await early.broker.publish(envelope("after"));
      expect((await late.hasHeard(1)).map(({ payload }) => payload)).toEqual(["after"]);
    });

    it("keeps two clusters apart", async () => {
      const [[here], [elsewhere]] = [await openCluster(make, 1), await openCluster(make, 1)];
      await here?.broker.publish(envelope("here"));
      await elsewhere?.broker.publish(envelope("elsewhere"));
      expect((await here?.hasHeard(1))?.map(({ payload }) => payload)).toEqual(["here"]);
      expect((await elsewhere?.hasHeard(1))?.map(({ payload }) => payload)).toEqual(["elsewhere"]);
    });

    it("may be closed twice", async () => {
      const [node] = await openCluster(make, 1);
      await node?.broker.close();
      await node?.broker.close();
    });
  });
}

async function openCluster(make: MakeBroker, size: number): Promise<readonly ClusterNode[]> {
  const cluster = await make();
  onTestFinished(async () => cluster.close());
  return Promise.all(Array.from({ length: size }, async () => listenOn(await cluster.join())));
}

async function listenOn(broker: IRealtimeBroker): Promise<ClusterNode> {
  onTestFinished(async () => broker.close());
  return ClusterNode.listen(broker);
}

function envelope(payload: unknown): RealtimeEnvelope {
  return { id: crypto.randomUUID(), channel: "contract", event: "message", payload, at: 1, sender: { type: "system" } };
}

function isCounted(payload: unknown): payload is { readonly from: number; readonly n: number } {
  return typeof payload === "object" && payload !== null && "from" in payload && "n" in payload;
}
