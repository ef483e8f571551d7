import type { ChaosTransport } from "../chaos-transport";
import { socketIOUpgrading } from "./socket-io";
import { sse } from "./sse";
import { ws } from "./ws";

/** Every transport of the suite, by the name that `--transport` takes. */
export const TRANSPORTS: ReadonlyMap<string, ChaosTransport> = new Map(
  [ws, socketIOUpgrading, sse].map((transport) => [transport.name, transport]),
);
