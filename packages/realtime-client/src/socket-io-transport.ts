import type { ClientFrame, ReplyFrame, ServerFrame, WireError } from "@repo/core-realtime";
import { io, type ManagerOptions, type SocketOptions } from "socket.io-client";
import type { IRealtimeTransport } from "./realtime-transport.js";

/** Socket.IO's own options, but those that the client decides: it comes back by itself. */
export type SocketIoTransportOptions = Partial<
  Omit<ManagerOptions & SocketOptions, "auth" | "autoConnect" | "reconnection" | "multiplex">
>;

/** Frames over Socket.IO, by the optional peer `socket.io-client`; for servers that support nothing else. */
export function socketIo(options: SocketIoTransportOptions = {}): IRealtimeTransport {
  let hasOpened = false; // then the address is right, and a lost network is a state, not an error
  return {
    name: "socket.io",
    carriesFirst: true,
    open({ url, token, first }, { onFrame, onClose: tellClosed, onError }) {
      const { origin } = new URL(url, globalThis.location?.href);
      const socket = io(origin, {
        ...options,
        auth: { ...(token && { token }), ...(first && { first }) },
        reconnection: false,
        multiplex: false,
      });
      socket.onAny((type: ServerFrame["type"], frame: object) => onFrame({ ...frame, type } as ServerFrame));
      let isOver = false;
      const onClose = (data: Refusal = {}) => {
        if (isOver) return;
        isOver = true;
        socket.disconnect();
        tellClosed(data.closeCode, data.error);
      };
      socket.on("connect", () => (hasOpened = true));
      socket.on("disconnect", () => onClose());
      socket.on("connect_error", (error: ConnectError) => {
        const refusal = error.data ?? refusalIn(error.context?.responseText);
        if (!refusal && !hasOpened) onError?.(error); // not a refusal by the server, but a failure of the network
        onClose(refusal);
      });
      // before Engine.IO's first packet the manager does not look at this event, and would wait for its time-out
      const { engine } = socket.io;
      engine.on("close", () => onClose());
      // from here on polling is paused: where the WebSocket fails now, nothing would be received until the ping's time-out
      engine.once("upgrading", () => engine.once("upgradeError", () => onClose()));
      return {
        send: (frame) => void (socket.connected && emit(frame)),
        close() {
          isOver = true;
          socket.disconnect();
        },
      };

      /** The event is named by the frame's type, its body is the rest, and an acknowledgement is the reply. */
      function emit({ type, ...rest }: ClientFrame): void {
        if (!("id" in rest)) return void socket.emit(type, rest);
        socket.emit(type, rest, (reply: ReplyFrame) => onFrame({ ...reply, type: "reply", id: rest.id }));
      }
    },
  };
}

/** Refused by the server at Socket.IO's own handshake (`data`), or at the first polling request (`context`, an XMLHttpRequest). */
type ConnectError = Error & { readonly data?: Refusal; readonly context?: { readonly responseText?: string } };

/** The refusal in the response to a polling request; undefined where it is a proxy's page, or none. */
function refusalIn(text = ""): Refusal | undefined {
  try {
    const error: Partial<WireError> = JSON.parse(text);
    if (error.code === undefined || error.retry === undefined) return undefined;
    return { error: error as WireError, ...(error.retry !== "later" && { closeCode: STAY_AWAY }) };
  } catch {
    return undefined;
  }
}

const STAY_AWAY = 4500; // such a response has no close code; what is not to be tried again means this

/** What a server may send with a refused connection. */
interface Refusal {
  readonly closeCode?: number;
  readonly error?: WireError;
}
