import { CLOSE_ON_OVERFLOW } from "../../channel/channel-policies.js";
import type { RealtimeEnvelope } from "../../wire/envelope.js";
import type { BrokerListener, RealtimeCommand } from "../../seams/broker.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import type { IRealtimeServer } from "../../seams/server.seam.js";
import type { Leases } from "../session/leases.js";
import type { SessionTable } from "../session/session-table.js";

export interface RealtimeNodeDeps {
  readonly registry: IRealtimeHandlerRegistry;
  readonly sessions: SessionTable;
  readonly leases: Leases;
  readonly servers: Iterable<IRealtimeServer>;
}

/** One node's ear on the broker: envelopes go to its transports, commands to its sessions. */
export class RealtimeNode implements BrokerListener {
  readonly #deps: RealtimeNodeDeps;

  constructor(deps: RealtimeNodeDeps) {
    this.#deps = deps;
  }

  onEnvelope(envelope: RealtimeEnvelope): void {
    const { registry, leases, servers } = this.#deps;
    leases.sweep();
    const overflow = registry.resolve(envelope.channel)?.address.channel.overflow ?? CLOSE_ON_OVERFLOW;
    for (const server of servers) server.deliver(envelope, overflow);
  }

  onCommand(command: RealtimeCommand): void {
    const { sessions } = this.#deps;
    switch (command.kind) {
      case "expel":
        sessions.noteExpulsion(command);
        for (const session of sessions.matching(command)) session.end(new RealtimeError("EXPELLED"));
        return;
      case "revoke":
        sessions.noteRevocation(command);
        for (const session of sessions.matching(command)) session.lapse(command.channel, new RealtimeError("REVOKED"));
        return;
      default:
        return command satisfies never;
    }
  }
}
