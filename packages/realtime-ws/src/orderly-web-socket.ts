import { WebSocket } from "ws";

/** Told before a Close frame leaves. `reason` is undefined where ws closes by itself, after a breach of the protocol. */
export type ClosingListener = (code: number | undefined, reason: string | Buffer | undefined) => void;

/** A WebSocket whose Close frames wait their turn: whoever begins the closing, what was sent before is written before. */
export class OrderlyWebSocket extends WebSocket {
  onClosing: ClosingListener = () => undefined;

  override close(code?: number, reason?: string | Buffer): void {
    if (this.readyState === WebSocket.OPEN) this.onClosing(code, reason);
    super.close(code, reason);
  }
}
