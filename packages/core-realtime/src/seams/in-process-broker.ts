import type {
  BrokerEnvelope,
  BrokerMembership,
  BrokerNode,
  CommandOutcome,
  IRealtimeBroker,
  RealtimeCommand,
} from "./broker.seam.js";

/** One process: what is published here is received here, in the same turn. Nothing is lost, and no node is ever isolated. Several nodes may share one. */
export class InProcessBroker implements IRealtimeBroker {
  #members: readonly Member[] = []; // replaced, never changed: a publish in progress continues with the old one

  join(_nodeId: string, node: BrokerNode): BrokerMembership {
    const member: Member = { node, isJoined: true };
    this.#members = [...this.#members, member];
    return {
      publish: (envelope) => this.#publish(envelope, member),
      want: () => undefined, // every node gets every channel: a look-up per publish would cost more than it saves
      unwant: () => undefined,
      command: async (command) => this.#command(command, member),
      leave: () => this.#leave(member),
    };
  }

  close(): void {
    for (const member of this.#members) this.#leave(member);
  }

  #publish(envelope: BrokerEnvelope, from: Member): void {
    if (!from.isJoined) throw new Error(LEFT);
    let failed: { readonly cause: unknown } | undefined;
    for (const { node, isJoined } of this.#members) {
      if (!isJoined) continue;
      try {
        node.onEnvelope(envelope);
      } catch (cause) {
        failed ??= { cause }; // thrown when all the others have received it
      }
    }
    if (failed) throw failed.cause;
  }

  async #command(command: RealtimeCommand, from: Member): Promise<CommandOutcome> {
    if (!from.isJoined) throw new Error(LEFT);
    const carriedOut = this.#members.map(async ({ node }) => node.onCommand(command));
    const failed = (await Promise.allSettled(carriedOut)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    return { nodes: carriedOut.length, givenUp: [] };
  }

  #leave(member: Member): void {
    member.isJoined = false;
    this.#members = this.#members.filter((other) => other !== member);
  }
}

interface Member {
  readonly node: BrokerNode;
  isJoined: boolean;
}

const LEFT = "This node has left its broker. Publish before realtime.close(), or through another node.";
