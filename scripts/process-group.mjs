// A process group, as the two questions that one asks of it: take a signal, and is anybody left?
import { readdirSync, readFileSync } from "node:fs";

/** Signals every member; false where nobody is left. */
export function signalGroup(id, signal) {
  return reaches(-id, signal);
}

/** Is a member still running? */
export function groupLives(id) {
  if (!reaches(-id, 0)) return false;
  return (
    process.platform !== "linux" ||
    readdirSync("/proc").some((pid) => /^\d+$/.test(pid) && stat(pid)?.group === id && isRunning(pid))
  );
}

/** Is the process still running? A zombie is not: under a first process that does not reap, as in many containers, it stays for good. */
export function isRunning(pid) {
  return process.platform === "linux" ? (stat(pid)?.state ?? "Z") !== "Z" : reaches(Number(pid), 0);
}

function reaches(pid, signal) {
  return unlessGone(() => process.kill(pid, signal)) ?? false;
}

/** pid (name) state parent group …, where a name may hold anything. */
function stat(pid) {
  const line = unlessGone(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (line === undefined) return undefined;
  const [state, , group] = line.slice(line.lastIndexOf(")") + 2).split(" ");
  return { state, group: Number(group) };
}

function unlessGone(ask) {
  try {
    return ask();
  } catch (error) {
    if (error.code === "ESRCH" || error.code === "ENOENT") return undefined;
    throw error;
  }
}
