import { abuseFigure } from "./abuse.figure";
import type { Figure } from "./figure";
import { killsFigure } from "./kills.figure";
import { networkSwitchFigure } from "./network-switch.figure";
import { presenceFigure } from "./presence.figure";
import { retriedPublishesFigure } from "./retried-publishes.figure";
import { serverKilledFigure } from "./server-killed.figure";
import { silentSocketsFigure } from "./silent-sockets.figure";
import { slowReadersFigure } from "./slow-readers.figure";

type Named = readonly [name: string, figure: Figure];

/** Figures that mostly wait, measured on all transports at once: first these, then those. */
export const TOGETHER: readonly (readonly Named[])[] = [
  [
    ["presence", presenceFigure],
    ["silent", silentSocketsFigure],
  ],
  [["kills", killsFigure]],
];

/** Figures that measure the machine: one after the other. */
export const ALONE: readonly Named[] = [
  ["switch", networkSwitchFigure],
  ["publishes", retriedPublishesFigure],
  ["killed", serverKilledFigure],
  ["readers", slowReadersFigure],
  ["abuse", abuseFigure],
];
