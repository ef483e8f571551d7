import type { ClientFrame, ServerFrame } from "@repo/core-realtime";
import { FrameReader } from "@repo/core-realtime/frame-reader";
import type { ClientClock } from "../browser-clock.js";
import type { IRealtimeTransport, LinkEvents, TransportLink } from "../realtime-transport.js";

/** The link as a debugger has changed it, and its callbacks. */
export interface LinkControl {
  readonly clock: ClientClock;
  /** No link opens, and those that are open are closed. */
  readonly isCut: () => boolean;
  /** How long each frame waits, in ms, in either direction. */
  readonly delayMs: () => number;
  readonly onFrame: (direction: "in" | "out", frame: ServerFrame | ClientFrame, transport: string) => void;
  /** Takes what closes a link that is open; returns the undo. */
  readonly onLink: (cut: () => void) => () => void;
}

/** A transport whose frames are seen, delayed and cut. */
export function inspectedTransport(transport: IRealtimeTransport, control: LinkControl): IRealtimeTransport {
  return {
    get name() {
      return transport.name; // one that chooses among others may change its name
    },
    carriesFirst: transport.carriesFirst,
    open(request, events) {
      if (control.isCut()) return cutLink(events, control);
      const inbound = inOrder(control);
      const outbound = inOrder(control);
      const reader = new FrameReader(); // for the panel: the client reads the frame itself
      let isOver = false;
      const end = (): void => {
        isOver = true;
        forget();
      };
      const link = transport.open(request, {
        onFrame: (raw) =>
          inbound(() => {
            if (isOver) return;
            const frame = reader.read(raw);
            if (frame) control.onFrame("in", frame, transport.name);
            events.onFrame(raw);
          }),
        onOpen: () => isOver || events.onOpen?.(),
        onError: (cause) => isOver || events.onError?.(cause),
        onClose: (code, error) =>
          inbound(() => {
            if (isOver) return;
            end();
            events.onClose(code, error);
          }),
      });
      const forget = control.onLink(() => {
        if (isOver) return;
        end();
        link.close();
        events.onClose();
      });
      for (const frame of framesIn(request.first)) control.onFrame("out", frame, transport.name);
      return {
        send(frame) {
          control.onFrame("out", frame, transport.name);
          if (frame.type === "unsubscribe") reader.forget(frame.channel);
          outbound(() => isOver || link.send(frame));
        },
        close() {
          end();
          link.close();
        },
      };
    },
  };
}

/** What a network that is away looks like. */
function cutLink(events: LinkEvents, { clock }: LinkControl): TransportLink {
  const cancel = clock.after(0, () => events.onClose());
  return { send: () => undefined, close: cancel };
}

/** Runs at once, or after the delay of the moment; never out of order. */
function inOrder({ clock, delayMs }: LinkControl): (run: () => void) => void {
  let waiting = 0;
  let dueAt = 0;
  return (run) => {
    if (waiting === 0 && delayMs() === 0) return run();
    waiting += 1;
    dueAt = Math.max(dueAt, clock.now() + delayMs());
    clock.after(dueAt - clock.now(), () => {
      waiting -= 1;
      run();
    });
  };
}

/** The frames that travel with the request itself. */
function framesIn(first: string | undefined): readonly ClientFrame[] {
  return first === undefined ? [] : JSON.parse(first);
}
