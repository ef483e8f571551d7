import { traced } from "@repo/core-observability";
import { onRealtimePing } from "../realtime/handlers/on-realtime-ping.handler";
import { realtimePingChannel } from "../realtime/realtime-ping.channel";
import type { BindContext } from "./bind-context";
import { pingHandlers } from "./symbols";

/** Wires the ping channel to its handler; returns the undo. */
export function bindProductionPing(context: BindContext): () => void {
  const undo = [
    context.registry.register(
      realtimePingChannel,
      traced(context, pingHandlers.onRealtimePing, onRealtimePing(context)),
    ),
    // <gen:realtime-handlers>
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
