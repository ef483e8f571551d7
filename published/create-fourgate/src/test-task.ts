import { findNodeAtLocation, parseTree, type Node, type ParseError } from "jsonc-parser";

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
  if (last === undefined) return insert(text, tasks.offset + 1, ` ${TEST_TASK} `);
  if (findNodeAtLocation(tasks, ["test"]) !== undefined) return text;
  const before = /\s*$/.exec(text.slice(0, last.offset))?.[0] ?? " "; // a new line and its indent, or a space
  return insert(text, last.offset + last.length, `,${before}${TEST_TASK}`); // before a comma that ends the list, if there is one
}

function tasksOf(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const tasks = root && findNodeAtLocation(root, ["tasks"]);
  return errors.length === 0 && tasks?.type === "object" ? tasks : undefined;
}

function insert(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}
