import { expect, it } from "vitest";
import { TRANSPORTS } from "../transports";
import { networkSwitchFigure } from "./network-switch.figure";
import { presenceFigure } from "./presence.figure";
import { retriedPublishesFigure } from "./retried-publishes.figure";
import { serverKilledFigure } from "./server-killed.figure";

// The rest of the figures has its small form in the transports' contract; `pnpm figures` measures all of them in full.
const FIGURES = {
  "a network switch while the old connection is open": networkSwitchFigure,
  "retried publishes": retriedPublishesFigure,
  "a killed server": serverKilledFigure,
  "presence and half-open peers": presenceFigure,
};
const CASES = Object.entries(FIGURES).flatMap(([name, figure]) =>
  [...TRANSPORTS.values()].map((transport) => [name, transport.name, { figure, transport }] as const),
);

it.concurrent.each(CASES)(
  "holds to the figure of %s, on %s",
  async (_name, _transport, { figure, transport }) => {
    const findings = await figure(transport, "short");
    expect(findings.length).toBeGreaterThan(0);
    const missed = findings.filter(({ isMet }) => !isMet);
    expect(missed.map(({ figure: name, measured }) => `${name}: ${measured}`)).toEqual([]);
  },
  180_000, // a quarter of a minute for all of them on an idle machine
);
