import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "./free-port.js";
import { debianBinaries, embeddedBinaries, type PostgresBinaries } from "./postgres-binaries.js";
import { IDENTITY } from "./unprivileged-identity.js";

/** `smart` waits for its clients, `fast` ends them, `immediate` ends everything as a crash does. */
export type StopMode = "fast" | "immediate";

export interface PostgresServerOptions {
  /** 15 and 18 come with npm; another major version must be installed by Debian. Default 18. */
  readonly version?: number;
  /** Settings of postgresql.conf. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

/** A Postgres server of the tests' own, on a free port of the loopback interface, with its data in a temporary folder. */
export class PostgresServer {
  readonly version: number;
  readonly port: number;
  readonly #binaries: PostgresBinaries;
  readonly #folder: string;
  readonly #settings: Readonly<Record<string, string | number>>;
  #process: ChildProcess | undefined;
  #databases = 0;

  private constructor(binaries: PostgresBinaries, folder: string, { port, settings }: ServerPlace) {
    this.version = binaries.version;
    this.#binaries = binaries;
    this.#folder = folder;
    this.port = port;
    this.#settings = settings;
  }

  /** Makes a new cluster and starts it. */
  static async start({ version = 18, settings = {} }: PostgresServerOptions = {}): Promise<PostgresServer> {
    const folder = mkdtempSync(join(tmpdir(), "fourgate-postgres-"));
    const binaries = embeddedBinaries(version, folder) ?? debianBinaries(version);
    if (!binaries)
      throw new Error(`Postgres ${version} is not installed (Debian: apt-get install postgresql-${version}).`);
    const data = join(folder, "data");
    mkdirSync(data, { mode: 0o700 });
    if (IDENTITY.uid !== undefined) for (const owned of [folder, data]) chownSync(owned, IDENTITY.uid, IDENTITY.gid);
    const initdb = spawnSync(
      join(binaries.folder, "initdb"),
      ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
      { ...IDENTITY, cwd: folder, encoding: "utf8" },
    );
    if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr || initdb.error?.message}`);
    const server = new PostgresServer(binaries, folder, { port: await freePort(), settings });
    await server.resume();
    return server;
  }

  /** A new, empty database; connection strings for its owner (an ordinary role) and the superuser. */
  async createDatabase(): Promise<TestDatabase> {
    this.#databases += 1;
    const name = `test_${process.pid}_${this.#databases}_${Math.random().toString(36).slice(2, 8)}`;
    await this.#asSuperuser(async (client) => {
      await client.query(`create role ${name} login createrole`);
      await client.query(`create database ${name} owner ${name}`);
    });
    return {
      name,
      connectionString: `postgres://${name}@127.0.0.1:${this.port}/${name}`,
      superuserConnectionString: `postgres://postgres@127.0.0.1:${this.port}/${name}`,
    };
  }

  /** Ends the server process: `immediate` is what a crash leaves behind. */
  async stop(mode: StopMode = "fast"): Promise<void> {
    const running = this.#process;
    if (!running) return;
    this.#process = undefined;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
    await ended;
  }

  /** Starts the stopped server again, on the same port and data. */
  async resume(): Promise<void> {
    const settings = Object.entries({ ...SETTINGS, ...this.#settings, port: this.port });
    const flags = settings.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const process_ = spawn(
      join(this.#binaries.folder, "postgres"),
      ["-D", join(this.#folder, "data"), "-c", `unix_socket_directories=${this.#folder}`, ...flags],
      { ...IDENTITY, cwd: this.#folder, stdio: "ignore" },
    );
    this.#process = process_;
    let exited = false;
    process_.once("exit", () => (exited = true));
    for (;;) {
      if (exited) throw new Error(`Postgres ${this.version} ended while it was starting.`);
      if (await this.#asSuperuser(() => Promise.resolve(true)).catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Stops the server and deletes its data. */
  async close(): Promise<void> {
    await this.stop("immediate");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: `postgres://postgres@127.0.0.1:${this.port}/postgres` });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}

export interface TestDatabase {
  readonly name: string;
  /** As the database's owner: an ordinary role, no superuser. */
  readonly connectionString: string;
  readonly superuserConnectionString: string;
}

interface ServerPlace {
  readonly port: number;
  readonly settings: Readonly<Record<string, string | number>>;
}

const SETTINGS = { listen_addresses: "127.0.0.1", max_connections: 200, shared_buffers: "64MB", timezone: "UTC" };
