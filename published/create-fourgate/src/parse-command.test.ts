import { expect, it } from "vitest";
import { HOSTS } from "./host.js";
import { HELP, parseCommand } from "./parse-command.js";

it("takes the current folder and no host where nothing is given", () => {
  expect(parseCommand([])).toEqual({ folder: ".", host: undefined, hasServer: false, isDryRun: false, isHelp: false });
});

it("reads the folder, the host and the dry run in any order", () => {
  const command = { folder: "my-app", host: "express", hasServer: false, isDryRun: true, isHelp: false };
  expect(parseCommand(["my-app", "--host", "express", "--dry-run"])).toEqual(command);
  expect(parseCommand(["--dry-run", "--host=express", "my-app"])).toEqual(command);
});

it.each(["--help", "-h"])("reads %s", (flag) => {
  expect(parseCommand([flag]).isHelp).toBe(true);
});

it("refuses a host that does not exist, and lists those that do", () => {
  expect(() => parseCommand(["--host", "koa"])).toThrow(
    `No host is called "koa". There are: ${Object.keys(HOSTS).join(", ")}.`,
  );
});

it("refuses a name that every object has", () => {
  expect(() => parseCommand(["--host", "toString"])).toThrow('No host is called "toString"');
});

it("refuses two folders", () => {
  expect(() => parseCommand(["a", "b"])).toThrow("One folder, not 2: a, b.");
});

it("refuses an option that it does not know", () => {
  expect(() => parseCommand(["--force"])).toThrow("--force");
});

it("lists every host in the help", () => {
  for (const name of Object.keys(HOSTS)) expect(HELP).toContain(name);
});

it("reads that a Next app gets a server of its own, and refuses any other server", () => {
  expect(parseCommand(["--server", "custom"]).hasServer).toBe(true);
  expect(() => parseCommand(["--server", "express"])).toThrow('No server is called "express". There is: custom');
});

it("writes nothing where npm kept --dry-run for itself", () => {
  expect(parseCommand([], { npm_config_dry_run: "true" }).isDryRun).toBe(true);
  expect(parseCommand([], {}).isDryRun).toBe(false);
});

it("says where options belong, where npm kept one for itself", () => {
  const taken = () => parseCommand(["my-app", "express"], { npm_config_host: "true" });
  expect(taken).toThrow(
    "npm kept --host for itself. Options come after --: npm create fourgate my-app -- --host express",
  );
  expect(parseCommand(["my-app", "--host", "express"], { npm_config_host: "true" }).host).toBe("express");
});
