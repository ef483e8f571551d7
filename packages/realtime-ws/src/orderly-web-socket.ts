import { WebSocket } from "ws";

/** What a WebSocket reports to its owner. */
export interface WebSocketOwner {
  onMessage(data: unknown, isBinary: boolean): void;
  onPing(payload: Buffer): void;
  onPong(): void;
  /** A Close frame is about to leave. `isBreach`: ws closes by itself, after a violation of the protocol. */
  onClosing(code: number | undefined, isBreach: boolean): void;
  /** The socket is gone. */
  onClose(): void;
}

/** A WebSocket with one owner, whose Close frames keep the order: whichever side begins the closing, what was sent before is written before. */
export class OrderlyWebSocket extends WebSocket {
  #owner: WebSocketOwner | undefined;

  /** Reports to this owner from now on. The listeners are shared: five closures would double what a quiet connection weighs here. */
  belongTo(owner: WebSocketOwner): void {
    this.#owner = owner;
    this.on("message", OrderlyWebSocket.#onMessage);
    this.on("ping", OrderlyWebSocket.#onPing);
    this.on("pong", OrderlyWebSocket.#onPong);
    this.on("error", OrderlyWebSocket.#onError);
    this.on("close", OrderlyWebSocket.#onClose);
  }

  override close(code?: number, reason?: string | Buffer): void {
    if (this.readyState === WebSocket.OPEN) this.#owner?.onClosing(code, reason === undefined);
    super.close(code, reason);
  }

  static #onMessage(this: WebSocket, data: unknown, isBinary: boolean): void {
    OrderlyWebSocket.#ownerOf(this)?.onMessage(data, isBinary);
  }

  static #onPing(this: WebSocket, payload: Buffer): void {
    OrderlyWebSocket.#ownerOf(this)?.onPing(payload);
  }

  static #onPong(this: WebSocket): void {
    OrderlyWebSocket.#ownerOf(this)?.onPong();
  }

  static #onError(): void {
    // ws closes by itself then, and "close" follows
  }

  static #onClose(this: WebSocket): void {
    OrderlyWebSocket.#ownerOf(this)?.onClose();
  }

  static #ownerOf(webSocket: WebSocket): WebSocketOwner | undefined {
    return #owner in webSocket ? webSocket.#owner : undefined;
  }
}
