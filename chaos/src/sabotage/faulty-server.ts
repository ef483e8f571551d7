import type { IRealtimeConnection, IRealtimeGateway, IRealtimeServer, OutboundMessage } from "@repo/core-realtime";

type Connections = ReadonlySet<IRealtimeConnection>;

/** Sends one message to connections. */
type Deliver = (message: OutboundMessage, to: Connections) => void;

/** Wraps the delivery of a transport; `connectionsOf` gives the open connections of a token. */
export type DeliveryFault = (original: Deliver, connectionsOf: (token: string) => Connections) => Deliver;

/** A transport that delivers wrongly; the rest of it works. */
export function faultyServer(fault: DeliveryFault) {
  return (original: IRealtimeServer): IRealtimeServer => {
    const open = new OpenConnections();
    return {
      transport: original.transport,
      serve: (gateway) => original.serve(open.noting(gateway)),
      deliver: fault(
        (message, to) => original.deliver(message, to),
        (token) => open.of(token),
      ),
      refuseNew: () => original.refuseNew(),
      close: () => original.close(),
    };
  };
}

class OpenConnections {
  readonly #byToken = new Map<string, Set<IRealtimeConnection>>();

  of(token: string): Connections {
    return this.#byToken.get(token) ?? new Set();
  }

  noting(gateway: IRealtimeGateway): IRealtimeGateway {
    return {
      limits: gateway.limits,
      admit: (handshake) => gateway.admit(handshake),
      checkRequest: (handshake) => gateway.checkRequest(handshake),
      open: (connection, handshake) => {
        const { token = "" } = handshake;
        const same = this.#byToken.get(token) ?? new Set();
        this.#byToken.set(token, same.add(connection));
        const opened = gateway.open(connection, handshake);
        return {
          receive: (frame, reply) => opened.receive(frame, reply),
          recognizes: (other) => opened.recognizes(other),
          closed(reason) {
            same.delete(connection);
            opened.closed(reason);
          },
        };
      },
    };
  }
}
