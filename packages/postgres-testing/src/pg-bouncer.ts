import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "./free-port.js";
import { IDENTITY } from "./unprivileged-identity.js";

const PLACES = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"];
const MISSING = "PgBouncer is not installed (Debian: apt-get install pgbouncer).";

export interface PgBouncerOptions {
  /** The server's database and role. */
  readonly connectionString: string;
  readonly poolMode: "session" | "transaction";
}

/** A PgBouncer of a test's own, on a free port, with two connections to the server. */
export class PgBouncer {
  /** To the same database, through this pooler. */
  readonly connectionString: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(
    connectionString: string,
    { process: process_, folder }: { process: ChildProcess; folder: string },
  ) {
    this.connectionString = connectionString;
    this.#process = process_;
    this.#folder = folder;
  }

  /** Undefined, with the reason on the console, where there is none and Debian does not give one. Throws in CI. */
  static async start({ connectionString, poolMode }: PgBouncerOptions): Promise<PgBouncer | undefined> {
    const program = findPgBouncer();
    if (!program) {
      if (process.env["CI"]) throw new Error(MISSING);
      console.warn(MISSING);
      return undefined;
    }
    const { host, port, user = "" } = new pg.Client({ connectionString });
    const folder = mkdtempSync(join(tmpdir(), "fourgate-pgbouncer-"));
    const listenPort = await freePort();
    writeFileSync(join(folder, "users.txt"), `"${user}" ""\n`);
    const ini = [
      `[databases]\n* = host=${host} port=${port}`,
      `[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${listenPort}\nunix_socket_dir =`,
      `auth_type = trust\nauth_file = ${folder}/users.txt\npool_mode = ${poolMode}\ndefault_pool_size = 2\n`,
    ];
    writeFileSync(join(folder, "pgbouncer.ini"), ini.join("\n"));
    if (IDENTITY.uid !== undefined) chownSync(folder, IDENTITY.uid, IDENTITY.gid);
    const process_ = spawn(program, ["-q", join(folder, "pgbouncer.ini")], {
      ...IDENTITY,
      cwd: folder,
      stdio: "ignore",
    });
    const through = new URL(connectionString);
    through.port = String(listenPort);
    const pooler = new PgBouncer(String(through), { process: process_, folder });
    await pooler.#started();
    return pooler;
  }

  async close(): Promise<void> {
    if (this.#process.exitCode === null) {
      const ended = new Promise((resolve) => this.#process.once("exit", resolve));
      this.#process.kill("SIGKILL");
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #started(): Promise<void> {
    for (;;) {
      if (this.#process.exitCode !== null) throw new Error(`PgBouncer ended with ${this.#process.exitCode}.`);
      const client = new pg.Client({ connectionString: this.connectionString });
      client.on("error", () => undefined);
      const isThere = await client.connect().then(
        () => true,
        () => false,
      );
      await client.end().catch(() => undefined);
      if (isThere) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

function findPgBouncer(): string | undefined {
  return PLACES.find(existsSync) ?? (process.getuid?.() === 0 && aptInstall() ? PLACES.find(existsSync) : undefined);
}

function aptInstall(): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: readonly string[]): boolean =>
    spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  return apt("-qq", "update") && apt("-qq", "install", "--yes", "--no-install-recommends", "pgbouncer");
}
