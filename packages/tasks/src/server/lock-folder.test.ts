import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { lockFolder } from "./lock-folder.js";

let folder: string;
const file = () => join(folder, "process.lock");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "board-lock-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

it("takes a folder once, and again when it has been released", async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`The process ${process.pid} uses ${folder}: end it`);
  await unlock();
  await (
    await lockFolder(folder)
  )();
});

it("refuses a folder that another process uses, and takes it over when that has been killed", async () => {
  const other = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
  await once(other, "spawn");
  await writeFile(file(), String(other.pid));
  await expect(lockFolder(folder)).rejects.toThrow(`The process ${other.pid} uses ${folder}`);
  other.kill("SIGKILL");
  await once(other, "exit");
  const unlock = await lockFolder(folder);
  expect(await readFile(file(), "utf8")).toBe(String(process.pid));
  await unlock();
});

it("takes over what a killed process of the same number left, as in a container", async () => {
  await writeFile(file(), String(process.pid));
  await expect(lockFolder(folder)).resolves.toBeTypeOf("function");
});

it.each(["", "nobody", "-1", "0", "1.5"])("takes over a lock that names no process: %j", async (text) => {
  await writeFile(file(), text);
  await expect(lockFolder(folder)).resolves.toBeTypeOf("function");
});
