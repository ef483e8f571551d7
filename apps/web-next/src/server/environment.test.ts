import { expect, it } from "vitest";
import { DEV_SESSION_SECRET, readEnvironment } from "./environment";

const secret = "0123456789abcdef0123456789abcdef";

it("needs nothing in development, and listens to this machine alone", () => {
  expect(readEnvironment({})).toEqual({
    production: false,
    host: "127.0.0.1",
    port: 3000,
    basePath: "",
    drainNoticeMs: 0,
    sessionSecret: DEV_SESSION_SECRET,
    demoSignIn: true,
    origins: "same-origin",
    sqlData: { kind: "folder", folder: ".data/postgres" },
    oldBoardFolder: ".data/board",
  });
});

it("reads what it is given", () => {
  const given = {
    NODE_ENV: "production",
    HOST: "0.0.0.0",
    PORT: "8080",
    SESSION_SECRET: secret,
    DEMO_SIGN_IN: "1",
    DRAIN_NOTICE_MS: "3000",
    BASE_PATH: "/demo",
  };
  expect(
    readEnvironment({ ...given, APP_ORIGINS: "https://a.example, https://b.example", SQL_DATA: "/srv/postgres" }),
  ).toEqual({
    production: true,
    host: "0.0.0.0",
    port: 8080,
    basePath: "/demo",
    drainNoticeMs: 3_000,
    sessionSecret: secret,
    demoSignIn: true,
    origins: ["https://a.example", "https://b.example"],
    sqlData: { kind: "folder", folder: "/srv/postgres" },
    oldBoardFolder: "/srv/board",
  });
});

it.each([
  ["missing", undefined],
  ["missing", ""],
  ["too weak", "short"],
  ["too weak", DEV_SESSION_SECRET],
])("production refuses a session secret that is %s, in one sentence about what to do", (what, given) => {
  const start = () => readEnvironment({ NODE_ENV: "production", SESSION_SECRET: given });
  expect(start).toThrow(TypeError);
  expect(start).toThrow(
    `SESSION_SECRET is ${what}: set it to at least 32 random characters, such as the output of \`openssl rand -base64 32\`.`,
  );
});

it("keeps demo sign-in off in production until somebody asks for it", () => {
  expect(readEnvironment({ NODE_ENV: "production", SESSION_SECRET: secret }).demoSignIn).toBe(false);
  expect(readEnvironment({ DEMO_SIGN_IN: "0" }).demoSignIn).toBe(false);
});

it.each(["http", "-1", "65536", "30.5"])("refuses %s as a port", (PORT) => {
  expect(() => readEnvironment({ PORT })).toThrow(/set it to a number from 0 to 65535/);
});

it.each(["demo", "/demo/", "/", "//demo", "/a b"])("refuses %s as a base path", (BASE_PATH) => {
  expect(() => readEnvironment({ BASE_PATH })).toThrow(`BASE_PATH is "${BASE_PATH}": set it to a path like /demo`);
});

it.each(["soon", "-1", "15001", "0.5"])("refuses %s as the time in which probes notice the end", (DRAIN_NOTICE_MS) => {
  expect(() => readEnvironment({ DRAIN_NOTICE_MS })).toThrow(/a number of milliseconds up to 15000/);
});

it("takes DATABASE_URL for everything, else a folder, or memory", () => {
  const dataOf = (variables: Readonly<Record<string, string>>) => readEnvironment(variables).sqlData;
  expect(dataOf({})).toEqual({ kind: "folder", folder: ".data/postgres" });
  expect(dataOf({ SQL_DATA: "memory" })).toEqual({ kind: "memory" });
  expect(dataOf({ SQL_DATA: "memory", DATABASE_URL: "postgres://here/app" })).toEqual({
    kind: "server",
    connectionString: "postgres://here/app",
  });
});

it("looks for the board of before where it was, beside a database's folder as well, and nowhere where there is memory", () => {
  const folderOf = (variables: Readonly<Record<string, string>>) => readEnvironment(variables).oldBoardFolder;
  expect(folderOf({ DATABASE_URL: "postgres://here/app" })).toBe(".data/board");
  expect(folderOf({ BOARD_DATA: "/srv/cards" })).toBe("/srv/cards");
  expect(folderOf({ DATABASE_URL: "postgres://here/app", SQL_DATA: "/data/postgres" })).toBe("/data/board");
  for (const memory of [
    { SQL_DATA: "memory" },
    { SQL_DATA: "memory", BOARD_DATA: "/srv/cards" },
    { BOARD_DATA: "memory" },
  ])
    expect(folderOf(memory)).toBeUndefined();
});
