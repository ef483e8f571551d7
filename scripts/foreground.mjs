// One command in the foreground, with all that it starts: signals go in, the exit code comes out, nothing stays behind.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { reaches, survivors } from "./session.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const GRACE_MS = 35_000; // a server may take 30 s to drain
const POLL_MS = 50;
const ECHO_MS = 1_000; // a terminal's Ctrl-C arrives twice: from the terminal itself and from npm

/** Runs a command in a session of its own; resolves with its exit code, 128 + n after signal n, once the whole session has ended. */
export async function foreground(command, args, { graceMs = GRACE_MS, ...options } = {}) {
  const child = spawn(command, args, { stdio: "inherit", ...options, detached: true });
  const ended = once(child, "exit"); // rejects where the command cannot be started
  const stop = new Stop(child.pid, graceMs);
  const receive = (signal) => stop.receive(signal);
  for (const signal of SIGNALS) process.on(signal, receive);
  try {
    const [code, signal] = await ended;
    stop.leftBehind();
    while (survivors(child.pid).length > 0) await wait(POLL_MS);
    const last = stop.received ?? signal;
    return last ? 128 + constants.signals[last] : code;
  } finally {
    stop.forget();
    for (const signal of SIGNALS) process.off(signal, receive);
  }
}

/** How a session is requested to end, and killed. */
class Stop {
  received;
  #session;
  #graceMs;
  #since;
  #killer;

  constructor(session, graceMs) {
    this.#session = session;
    this.#graceMs = graceMs;
  }

  /** Passes the first signal on, and kills at a second one. */
  receive(signal) {
    if (this.received === undefined) {
      this.received = signal;
      this.#since = Date.now();
      reaches(-this.#session, signal); // the first group alone: pnpm passes it on, and twice would cut a drain short
      this.#killLater();
    } else if (Date.now() - this.#since > ECHO_MS) this.#kill();
  }

  /** The command ended by itself: whatever it left running is requested to end too. */
  leftBehind() {
    if (this.received !== undefined) return;
    for (const pid of survivors(this.#session)) reaches(pid, "SIGTERM");
    this.#killLater();
  }

  forget() {
    clearTimeout(this.#killer);
  }

  #killLater() {
    this.#killer = setTimeout(() => this.#kill(), this.#graceMs);
  }

  #kill() {
    for (const pid of survivors(this.#session)) reaches(pid, "SIGKILL");
  }
}
