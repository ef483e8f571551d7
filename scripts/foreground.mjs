// One command in the foreground, with all that it starts: signals go in, the exit code comes out, nothing stays behind.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { groupLives, signalGroup } from "./process-group.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const GRACE_MS = 35_000; // a server may take 30 s to drain
const POLL_MS = 50;
const ECHO_MS = 1_000; // a terminal's Ctrl-C arrives twice: from the terminal itself and from npm

/** Runs a command in a process group of its own; resolves with its exit code, 128 + n after signal n, once the whole group has ended. */
export async function foreground(command, args, { graceMs = GRACE_MS, ...options } = {}) {
  const child = spawn(command, args, { stdio: "inherit", ...options, detached: true });
  const ended = once(child, "exit"); // rejects where the command cannot be started
  const stop = stopper(child, graceMs);
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    const [code, signal] = await ended;
    const received = stop.received;
    if (!received) stop("SIGTERM"); // it ended by itself, perhaps leaving something that runs
    while (groupLives(child.pid)) await wait(POLL_MS);
    return received || signal ? 128 + constants.signals[received ?? signal] : code;
  } finally {
    stop.forget();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** Hands the first signal on, kills after the grace, and at once where somebody is tired of waiting and asks again. */
function stopper({ pid }, graceMs) {
  let since;
  let killer;
  const kill = () => signalGroup(pid, "SIGKILL");
  const stop = (signal) => {
    if (since === undefined) {
      since = Date.now();
      stop.received = signal;
      killer = setTimeout(kill, graceMs);
      signalGroup(pid, signal);
    } else if (Date.now() - since > ECHO_MS) kill();
  };
  stop.forget = () => clearTimeout(killer);
  return stop;
}
