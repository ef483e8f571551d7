import { cpus, loadavg } from "node:os";
import { percentile, type Measurement } from "../postgres/measurement.js";
import { pick, type LiveUiScale } from "./live-ui-scale.js";
import { PagePrograms, type EventPace, type PageClientsProcess, type PageServerProcess } from "./page-processes.js";

const SECRET = "a secret of the bench, longer than 32 bytes";
const PER_SECOND = 200;
const GOALS_MS = { ws: 5, http: 10 } as const;
const NAMES = { ws: "WebSocket", http: "HTTP, state in the token" } as const;

/** Percentiles in milliseconds: at the server, and from sending an event to its patch. */
interface Taken {
  readonly server: readonly number[];
  readonly roundTrip: readonly number[];
  /** CPU time of the server for each event, in microseconds. */
  readonly cpuUs: number;
}

/** How long an event takes while many sockets are open, beside an echo that does nothing, in the same run. */
export async function pageLatency(scale: LiveUiScale): Promise<readonly Measurement[]> {
  const sockets = pick(scale, { full: 2_000, short: 2_000, smoke: 5 });
  const pace = { perSecond: PER_SECOND, ms: pick(scale, { full: 10_000, short: 4_000, smoke: 300 }) };
  const load = loadavg()[0] ?? 0;
  const machine = `load average ${load.toFixed(1)} on ${cpus().length} cores: ${load < cpus().length / 2 ? "quiet" : "not quiet"}`;
  const rows: Measurement[] = [];
  const programs = await PagePrograms.build();
  const live = await Pair.open(programs, "live", sockets);
  const bare = await Pair.open(programs, "bare", sockets);
  try {
    for (const over of ["ws", "http"] as const) {
      for (const pair of [live, bare]) await pair.measure(over, { ...pace, ms: pace.ms / 4 }); // code gets warm
      const [ours, echo] = [await live.measure(over, pace), await bare.measure(over, pace)];
      const p99 = percentile(ours.server, 0.99);
      rows.push({
        what: `${PER_SECOND} events a second from ${sockets.toLocaleString("en")} sockets, ${NAMES[over]}: time in the server, p99 (${machine})`,
        ours: `${inMs(p99)}, p50 ${inMs(percentile(ours.server, 0.5))}; round trip p50 ${inMs(percentile(ours.roundTrip, 0.5))}, p99 ${inMs(percentile(ours.roundTrip, 0.99))}; CPU ${ours.cpuUs.toFixed(0)} µs`,
        peer: besideEcho(ours, echo),
        goal: `≤ ${GOALS_MS[over]} ms`,
        isMet: p99 <= GOALS_MS[over],
      });
    }
    return rows;
  } finally {
    await live.close();
    await bare.close();
    await programs.remove();
  }
}

/** A server and its clients, in two processes. */
class Pair {
  readonly #server: PageServerProcess;
  readonly #clients: PageClientsProcess;

  private constructor(server: PageServerProcess, clients: PageClientsProcess) {
    this.#server = server;
    this.#clients = clients;
  }

  static async open(programs: PagePrograms, mode: "live" | "bare", sockets: number): Promise<Pair> {
    const server = await (mode === "live" ? programs.server(SECRET, "timed") : programs.echo());
    const clients = await programs.clients(server, mode);
    await clients.connect(sockets);
    return new Pair(server, clients);
  }

  async measure(over: "ws" | "http", pace: EventPace): Promise<Taken> {
    await this.#server.times(); // those of before
    const roundTrip = (await this.#clients.events(over, pace)).toSorted((a, b) => a - b);
    const times = await this.#server.times();
    return { server: times[over].toSorted((a, b) => a - b), roundTrip, cpuUs: times.cpuUs / roundTrip.length };
  }

  async close(): Promise<void> {
    await this.#clients.close();
    await this.#server.close();
  }
}

function besideEcho(ours: Taken, echo: Taken): string {
  const [p99, trip] = [percentile(echo.server, 0.99), percentile(echo.roundTrip, 0.99)];
  const ratio = percentile(ours.server, 0.99) / p99;
  return `bare echo: ${inMs(p99)} (${ratio.toFixed(1)}×); round trip p50 ${inMs(percentile(echo.roundTrip, 0.5))}, p99 ${inMs(trip)}; CPU ${echo.cpuUs.toFixed(0)} µs`;
}

function inMs(ms: number): string {
  return `${ms.toFixed(2)} ms`;
}
