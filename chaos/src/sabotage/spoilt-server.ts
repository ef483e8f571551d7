import type {
  IRealtimeConnection,
  IRealtimeGateway,
  IRealtimeServer,
  OverflowPolicy,
  RealtimeEnvelope,
} from "@repo/core-realtime";

type Deliver = (envelope: RealtimeEnvelope, overflow: OverflowPolicy) => void;

/** What is spoilt of a transport; the rest of it stays honest. */
export interface Spoils {
  /** Wraps the delivery of one envelope to its channel. */
  readonly deliver?: (honest: Deliver) => Deliver;
  /** Wraps what the gateway is shown of one client. */
  readonly connection?: (honest: IRealtimeConnection, token: string | undefined) => IRealtimeConnection;
}

/** A transport with something wrong. */
export function spoiltServer({ deliver, connection = (honest) => honest }: Spoils) {
  return (honest: IRealtimeServer): IRealtimeServer => {
    const honestly: Deliver = (envelope, overflow) => honest.deliver(envelope, overflow);
    return {
      transport: honest.transport,
      serve: (gateway) => honest.serve(spoiltGateway(gateway, connection)),
      deliver: deliver?.(honestly) ?? honestly,
      refuseNew: () => honest.refuseNew(),
      close: () => honest.close(),
    };
  };
}

function spoiltGateway(honest: IRealtimeGateway, connection: Required<Spoils>["connection"]): IRealtimeGateway {
  return {
    limits: honest.limits,
    admit: (handshake) => honest.admit(handshake),
    checkRequest: (handshake) => honest.checkRequest(handshake),
    open: (client, handshake) => honest.open(connection(client, handshake.token), handshake),
  };
}

/** The same connection with some of its members replaced. */
export function spoiltConnection(
  honest: IRealtimeConnection,
  spoils: Partial<IRealtimeConnection>,
): IRealtimeConnection {
  return {
    id: honest.id,
    send: (frame) => honest.send(frame),
    join: (channel) => honest.join(channel),
    leave: (channel) => honest.leave(channel),
    close: (error) => honest.close(error),
    ...spoils,
  };
}
