import { dirname, join } from "node:path";

/** The environment of this process, read once. */
export interface Environment {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** The path below which everything lies, `/demo`, or nothing. Probes alone stay where they are. */
  readonly basePath: BasePath;
  /** How long probes see that the process is about to end before it refuses anything. */
  readonly drainNoticeMs: number;
  readonly sessionSecret: string;
  /** May anyone sign in as one of the demo people? */
  readonly demoSignIn: boolean;
  /** Which pages may connect: our own, or the ones listed in APP_ORIGINS. */
  readonly origins: "same-origin" | readonly string[];
  /** Where everything is kept: a Postgres server, or one within this process, which outlives a restart in its folder alone. */
  readonly sqlData: SqlData;
  /** Where the board was kept when it had a database of its own; undefined where no file is to be touched. */
  readonly oldBoardFolder: string | undefined;
}

/** Where the database is. */
export type SqlData =
  | { readonly kind: "server"; readonly connectionString: string }
  | { readonly kind: "folder"; readonly folder: string }
  | { readonly kind: "memory" };

/** A path that other paths follow. */
export type BasePath = "" | `/${string}`;

type Variables = Readonly<Record<string, string | undefined>>;

// Not a secret: development seals its cookies with it, so that a restart signs nobody out. Production refuses to start with it.
export const DEV_SESSION_SECRET = "development-only, known to all who read this file";
const DATA_FOLDER = ".data/postgres"; // below the app, and ignored by git
const MIN_SECRET_LENGTH = 32; // what iron-session asks for: 256 bits, if they are random

/** Reads the environment; throws a TypeError that states what to set where something is missing. */
export function readEnvironment(variables: Variables): Environment {
  const production = variables["NODE_ENV"] === "production";
  return {
    production,
    host: variables["HOST"] || "127.0.0.1", // one's own machine, unless configured
    port: portOf(variables["PORT"] || "3000"),
    basePath: basePathOf(variables["BASE_PATH"] ?? ""),
    drainNoticeMs: drainNoticeOf(variables["DRAIN_NOTICE_MS"] || "0"),
    sessionSecret: secretOf(variables["SESSION_SECRET"], production),
    demoSignIn: production ? variables["DEMO_SIGN_IN"] === "1" : variables["DEMO_SIGN_IN"] !== "0",
    origins: originsOf(variables["APP_ORIGINS"]),
    sqlData: sqlDataOf(variables),
    oldBoardFolder: oldBoardFolderOf(variables),
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new TypeError(`PORT is "${text}": set it to a number from 0 to 65535, or leave it out for 3000.`);
}

function drainNoticeOf(text: string): number {
  const ms = Number(text);
  if (Number.isInteger(ms) && ms >= 0 && ms <= 15_000) return ms; // the rest of the stop has to fit into 25 s as well
  throw new TypeError(`DRAIN_NOTICE_MS is "${text}": set it to a number of milliseconds up to 15000, or leave it out.`);
}

function basePathOf(text: string): BasePath {
  if (text === "" || /^(?:\/[\w.-]+)+$/.test(text)) return text as BasePath;
  throw new TypeError(
    `BASE_PATH is "${text}": set it to a path like /demo, without a slash at its end, or leave it out.`,
  );
}

function secretOf(secret: string | undefined, production: boolean): string {
  if (!secret && !production) return DEV_SESSION_SECRET;
  if (secret && secret.length >= MIN_SECRET_LENGTH && secret !== DEV_SESSION_SECRET) return secret;
  throw new TypeError(
    `SESSION_SECRET is ${secret ? "too weak" : "missing"}: set it to at least ${MIN_SECRET_LENGTH} random characters, such as the output of \`openssl rand -base64 32\`.`,
  );
}

function originsOf(list: string | undefined): Environment["origins"] {
  const origins = (list ?? "").split(",").flatMap((origin) => origin.trim() || []);
  return origins.length === 0 ? "same-origin" : origins;
}

function sqlDataOf({ DATABASE_URL: connectionString, SQL_DATA: given }: Variables): SqlData {
  if (connectionString) return { kind: "server", connectionString };
  return given === "memory" ? { kind: "memory" } : { kind: "folder", folder: given || DATA_FOLDER };
}

function oldBoardFolderOf({ BOARD_DATA: old, SQL_DATA: given }: Variables): string | undefined {
  if (given === "memory" || old === "memory") return undefined;
  return old || join(dirname(given || DATA_FOLDER), "board");
}
