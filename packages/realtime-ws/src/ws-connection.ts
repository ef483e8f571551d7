import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import {
  RealtimeError,
  type Clock,
  type IRealtimeConnection,
  type IRealtimeGateway,
  type OpenConnection,
  type RealtimeHandshake,
  type ServerFrame,
} from "@repo/core-realtime";
import {
  ABUSE_PAUSE_MS,
  CLOSE_GRACE_MS,
  closeFrame,
  latestFrame,
  OutboundQueue,
  ownFrame,
  PING_FRAME,
  pongFrame,
  SocketSink,
  textFrame,
  type DrainOwner,
  type OutboundFrame,
  type OutboundOptions,
  type OutboundOwner,
} from "@repo/core-realtime/server";
import type { Heartbeat, Living } from "./heartbeat.js";
import type { OrderlyWebSocket, WebSocketOwner } from "./orderly-web-socket.js";

const MAX_CONTROL_FRAMES = 250; // between two heartbeats: no client needs ten a second
const BREACH_TOO_LARGE = 1009; // RFC 6455 § 7.4.1
const PING = latestFrame(PING_FRAME, "ping");

/** What all connections of a server share. */
export interface WsConnectionDeps extends OutboundOptions<Buffer> {
  readonly heartbeat: Heartbeat;
  readonly clock: Clock;
  /** The socket is gone. */
  readonly ended: (connection: WsConnection) => void;
}

/** An accepted client: ws reads from its WebSocket, the outbound queue writes to its socket. */
export interface AcceptedClient {
  readonly webSocket: OrderlyWebSocket;
  readonly socket: Duplex;
}

/** One client: what ws reads goes to the gateway, what the gateway sends goes to the outbound queue. */
export class WsConnection implements IRealtimeConnection, OutboundOwner, DrainOwner, WebSocketOwner, Living {
  readonly id = randomUUID();
  readonly #client: AcceptedClient;
  readonly #deps: WsConnectionDeps;
  readonly #queue: OutboundQueue<Buffer>;
  #receiver: OpenConnection | undefined;
  #cancelGrace: (() => void) | undefined;
  #heartbeatPlace = -1; // nowhere until it is open
  #hasDeparted = false;
  #controlFrames = 0;
  silentSince: number | undefined;

  constructor(client: AcceptedClient, deps: WsConnectionDeps) {
    const { webSocket, socket } = client;
    this.#client = client;
    this.#deps = deps;
    this.#queue = new OutboundQueue(new SocketSink(socket, this), deps, this);
    webSocket.belongTo(this);
  }

  /** Opens the client at the gateway. */
  open(gateway: IRealtimeGateway, handshake: RealtimeHandshake): void {
    this.#heartbeatPlace = this.#deps.heartbeat.watch(this);
    this.#receiver = gateway.open(this, handshake);
  }

  send(frame: ServerFrame, text = JSON.stringify(frame)): void {
    this.#queue.append(ownFrame(textFrame(text)));
  }

  /** A message of a channel, encoded once for all that receive it. */
  deliver(frame: OutboundFrame<Buffer>): void {
    this.#queue.append(frame);
  }

  drained(): Promise<void> | undefined {
    return this.#queue.whenBelow(this.#deps.maxBufferedBytes / 2);
  }

  drop(channel: string): void {
    this.#queue.drop(channel);
  }

  close(error: RealtimeError): void {
    const { webSocket, socket } = this.#client;
    const frame = closeFrame(error);
    socket.cork(); // the frame and the WebSocket's own Close in one write
    this.#depart(error.code, ownFrame(textFrame(JSON.stringify(frame))));
    webSocket.close(frame.closeCode, error.code);
    socket.uncork();
  }

  onOverflow(): void {
    this.close(new RealtimeError("SLOW_CONSUMER"));
  }

  onDrain(): void {
    this.silentSince = undefined;
    this.#queue.onDrain();
  }

  ping(number: number): void {
    this.silentSince ??= number;
    this.#controlFrames = 0;
    this.#queue.append(PING);
  }

  onSilence(): void {
    this.close(new RealtimeError("HEARTBEAT_LOST"));
  }

  onMessage(data: unknown, isBinary: boolean): void {
    this.silentSince = undefined;
    this.#receiver?.receive(isBinary ? data : String(data)); // bytes are no frame: the gateway refuses them
  }

  onPing(payload: Buffer): void {
    this.#countControlFrame();
    this.#queue.append(latestFrame(pongFrame(payload), "pong")); // only the latest is owed (RFC 6455 § 5.5.3)
  }

  onPong(): void {
    this.#countControlFrame();
  }

  onClosing(code: number | undefined, isBreach: boolean): void {
    this.#cancelGrace ??= this.#deps.clock.after(CLOSE_GRACE_MS, () => this.#client.webSocket.terminate());
    if (isBreach && code === BREACH_TOO_LARGE) this.close(new RealtimeError("FRAME_TOO_LARGE"));
    else this.#depart(isBreach ? `breach of RFC 6455 (${code})` : `client left (${code})`);
  }

  onClose(): void {
    this.#cancelGrace?.();
    this.#depart("connection lost");
    this.#deps.ended(this);
  }

  #countControlFrame(): void {
    this.silentSince = undefined;
    this.#controlFrames += 1;
    if (this.#controlFrames > MAX_CONTROL_FRAMES)
      this.close(new RealtimeError("ABUSE", { retryAfterMs: ABUSE_PAUSE_MS }));
  }

  /** Sends the last frame and reports the reason to the gateway, once: closing calls this two or three times. */
  #depart(reason: string, lastFrame?: OutboundFrame<Buffer>): void {
    if (this.#hasDeparted) return;
    this.#hasDeparted = true;
    this.#queue.end(lastFrame);
    this.#deps.heartbeat.forget(this, this.#heartbeatPlace);
    this.#receiver?.closed(reason);
  }
}
