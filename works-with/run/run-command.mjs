import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { reaches, survivors } from "@repo/scripts/session";

/** Runs a command to its end; rejects with its last lines where it fails. Everything it prints is kept in `log`. */
export async function runCommand([command, ...args], { cwd, env, log, minutes = 8 }) {
  const child = startCommand([command, ...args], { cwd, env, log });
  const timer = setTimeout(() => child.stop(), minutes * 60_000);
  const code = await child.ended;
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${code}:\n${child.tail()}`);
  return child.tail();
}

/** Starts a command in a session of its own. */
export function startCommand([command, ...args], { cwd, env, log }) {
  const out = createWriteStream(log, { flags: "a" });
  out.write(`\n$ ${[command, ...args].join(" ")}\n`);
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => {
      out.write(chunk);
      text = (text + chunk).slice(-6_000);
    });
  const ended = new Promise((resolve) => {
    child.on("error", (error) => {
      text += String(error);
      resolve(127);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
  void ended.then(() => out.end());
  return { ended, tail: () => text, stop: (signal = "SIGKILL") => signalSession(child.pid, signal) };
}

/** To all that the command has started, in however many process groups. */
function signalSession(session, signal) {
  for (const pid of survivors(session)) reaches(pid, signal);
}
