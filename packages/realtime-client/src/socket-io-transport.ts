import type { ClientFrame, ReplyFrame, ServerFrame, WireError } from "@repo/core-realtime";
import { io, type ManagerOptions, type SocketOptions } from "socket.io-client";
import type { IRealtimeTransport } from "./realtime-transport.js";

/** Socket.IO's own options, but those that the client decides: it comes back by itself. */
export type SocketIoTransportOptions = Partial<
  Omit<ManagerOptions & SocketOptions, "auth" | "reconnection" | "multiplex">
>;

/** Frames over Socket.IO, by the optional peer `socket.io-client`; for servers that speak nothing else. */
export function socketIo(options: SocketIoTransportOptions = {}): IRealtimeTransport {
  return {
    name: "socket.io",
    open({ url, token }, { onFrame, onClose }) {
      const { origin } = new URL(url, globalThis.location?.href);
      const socket = io(origin, { ...options, auth: token ? { token } : {}, reconnection: false, multiplex: false });
      socket.onAny((type: ServerFrame["type"], frame: object) => onFrame({ ...frame, type } as ServerFrame));
      socket.on("disconnect", () => onClose());
      socket.on("connect_error", (error: Error & { readonly data?: Refusal }) =>
        onClose(error.data?.closeCode, error.data?.error),
      );
      return {
        send: (frame) => void (socket.connected && emit(frame)),
        close: () => void socket.disconnect(),
      };

      /** The event is named by the frame's type, its body is the rest, and an acknowledgement is the reply. */
      function emit({ type, ...rest }: ClientFrame): void {
        if (!("id" in rest)) return void socket.emit(type, rest);
        socket.emit(type, rest, (reply: ReplyFrame) => onFrame({ ...reply, type: "reply", id: rest.id }));
      }
    },
  };
}

/** What a server may say of a refused connection. */
interface Refusal {
  readonly closeCode?: number;
  readonly error?: WireError;
}
