// A command's session: the command and all that it started, in however many process groups (pnpm gives each script its own).
import { readdirSync, readFileSync } from "node:fs";

/** Who of the session still runs. Without /proc, outside Linux, its first process group stands for the whole. */
export function survivors(session) {
  if (process.platform !== "linux") return reaches(-session, 0) ? [-session] : [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => stat(pid)?.session === session && isRunning(pid));
}

/** Is the process still running? A zombie is not: under a first process that does not reap, as in many containers, it stays for good. */
export function isRunning(pid) {
  return process.platform === "linux" ? (stat(pid)?.state ?? "Z") !== "Z" : reaches(pid, 0);
}

/** Sends a signal to a process, or to a group by its negative id; false where no such process exists any more. */
export function reaches(pid, signal) {
  return unlessGone(() => process.kill(pid, signal)) ?? false;
}

/** pid (name) state parent group session …, where a name may hold anything. */
function stat(pid) {
  const line = unlessGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (line === undefined) return undefined;
  const [state, , , session] = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return { state, session: Number(session) };
}

function unlessGone(send) {
  try {
    return send();
  } catch (error) {
    if (error.code === "ESRCH" || error.code === "ENOENT") return undefined;
    throw error;
  }
}
