import { withCapture, withSpan } from "@repo/core-observability";
import { onRealtimePing } from "../realtime/handlers/on-realtime-ping.handler";
import { realtimePingChannel } from "../realtime/realtime-ping.channel";
import type { BindContext } from "./bind-context";
import { pingHandlers } from "./symbols";

/** Wires the ping channel to its handler; returns the undo. */
export function bindProductionPing({ registry, realtime, tracer, logger }: BindContext): () => void {
  const undo = [
    registry.register(
      realtimePingChannel,
      withSpan(
        tracer,
        { op: "realtime-handler", name: pingHandlers.onRealtimePing },
        withCapture(logger, { layer: "realtime-handler" }, onRealtimePing({ realtime })),
      ),
    ),
    // <gen:realtime-handlers>
  ];
  return () => undo.forEach((undoOne) => undoOne());
}
