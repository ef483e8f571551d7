import type { IRealtimeTransport } from "./realtime-transport.js";

/** What a WebSocket transport may be told. */
export interface WsTransportOptions {
  /** Where this transport's endpoint differs from the client's `url`. */
  readonly url?: string;
  /** The class to use; default: the global one. Node has one since 22. */
  readonly WebSocket?: typeof WebSocket;
}

/** Frames over a WebSocket; the token travels as a sub-protocol, since a browser can set no header. */
export function ws({
  url: ownUrl,
  WebSocket: Socket = globalThis.WebSocket,
}: WsTransportOptions = {}): IRealtimeTransport {
  return {
    name: "ws",
    open({ url, token }, { onFrame, onClose }) {
      const protocols = ["fourgate.v1"];
      if (token) protocols.push("fourgate.token." + base64url(token));
      const socket = new Socket(absolute(ownUrl ?? url), protocols);
      socket.onmessage = ({ data }) => onFrame(JSON.parse(data));
      socket.onclose = ({ code }) => onClose(code);
      return {
        send(frame) {
          if (socket.readyState === 1) socket.send(JSON.stringify(frame));
        },
        close() {
          socket.onmessage = socket.onclose = null; // a dead link may take minutes to say goodbye
          socket.close();
        },
      };
    },
  };
}

function absolute(url: string): string {
  return new URL(url, globalThis.location?.href).href.replace(/^http/, "ws");
}

function base64url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
