import { findNodeAtLocation, type Node } from "jsonc-parser";
import { insertText, readTurboJson } from "./turbo-json.js";

/** The task, and what to write by hand where the command cannot. */
export const TEST_TASK = `"test": { "dependsOn": ["^test"] }`;

/**
 * The text of turbo.json with a task `test`; comments, layout and order stay. The same text where the task is there, undefined
 * where the file has no `tasks` or cannot be read. The packages have no build, so no other task needs a change.
 */
export function withTestTask(text: string): string | undefined {
  const tasks = tasksOf(text);
  if (tasks === undefined) return undefined;
  const last = tasks.children?.at(-1);
  if (last === undefined) return insertText(text, tasks.offset + 1, ` ${TEST_TASK} `);
  if (findNodeAtLocation(tasks, ["test"]) !== undefined) return text;
  const before = /\s*$/.exec(text.slice(0, last.offset))?.[0] ?? " "; // a new line and its indent, or a space
  return insertText(text, last.offset + last.length, `,${before}${TEST_TASK}`); // before a comma that ends the list, if there is one
}

function tasksOf(text: string): Node | undefined {
  const root = readTurboJson(text);
  const tasks = root && findNodeAtLocation(root, ["tasks"]);
  return tasks?.type === "object" ? tasks : undefined;
}
