import { CLOSE_ON_OVERFLOW } from "../../channel/channel-policies.js";
import type { RealtimeEnvelope } from "../../wire/envelope.js";
import type { BrokerListener, RealtimeCommand } from "../../seams/broker.seam.js";
import { RealtimeError } from "../../wire/realtime-error.js";
import type { IRealtimeHandlerRegistry } from "../../seams/handler-registry.seam.js";
import type { IRealtimeServer } from "../../seams/server.seam.js";
import type { Leases } from "../session/leases.js";
import type { RealtimeSession } from "../session/realtime-session.js";
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
    switch (command.kind) {
      case "expel":
        this.#deps.sessions.expulsions += 1;
        for (const session of this.#matching(command)) session.end(new RealtimeError("EXPELLED"));
        return;
      case "revoke":
        for (const session of this.#matching(command)) session.lapse(command.channel, new RealtimeError("REVOKED"));
        return;
      default:
        return command satisfies never;
    }
  }

  #matching({ userId, sessionId, connectionId }: Whom): readonly RealtimeSession[] {
    const candidates: Iterable<RealtimeSession> =
      userId === undefined ? this.#deps.sessions.all() : this.#deps.sessions.ofUser(userId);
    return [...candidates].filter(
      (session) =>
        (sessionId === undefined || session.user?.sessionId === sessionId) &&
        (connectionId === undefined || session.connectionId === connectionId),
    );
  }
}

interface Whom {
  readonly userId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly connectionId?: string | undefined;
}
