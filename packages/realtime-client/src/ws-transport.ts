import { base64url } from "./base64url.js";
import { parseFrame } from "./connection/frame-decoder.js";
import type { IRealtimeTransport } from "./realtime-transport.js";

/** The options of a WebSocket transport. */
export interface WsTransportOptions {
  /** The class to use; default: the global one. Node has one since 22. */
  readonly WebSocket?: typeof WebSocket;
}

/** Frames over a WebSocket; the token and the first frames travel as sub-protocols, since a browser can set no header. */
export function ws({ WebSocket: Socket = globalThis.WebSocket }: WsTransportOptions = {}): IRealtimeTransport {
  let hasOpened = false; // then the address is right, and a lost network is a state, not an error
  return {
    name: "ws",
    carriesFirst: true,
    open({ url, token, first }, { onFrame, onClose, onOpen, onError }) {
      const protocols = ["fourgate.v2"];
      if (token) protocols.push("fourgate.token." + base64url(token));
      if (first) protocols.push("fourgate.first." + base64url(first));
      const socket = new Socket(absolute(url), protocols);
      socket.onmessage = ({ data }) => onFrame(parseFrame(data));
      socket.onopen = () => {
        hasOpened = true;
        onOpen?.();
      };
      socket.onclose = ({ code }) => onClose(code);
      // "close" follows. No browser gives the reason; without a listener, an error of the class of ws would end a Node process
      socket.onerror = () => hasOpened || onError?.(Error("No WebSocket to " + url));
      return {
        send(frame) {
          if (socket.readyState === 1) socket.send(JSON.stringify(frame));
        },
        close() {
          socket.onmessage = socket.onclose = null; // a dead connection may take minutes to close
          socket.close();
        },
      };
    },
  };
}

function absolute(url: string): string {
  return new URL(url, globalThis.location?.href).href.replace(/^http/, "ws");
}
