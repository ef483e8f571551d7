import { applyEdits, modify, parse, type ParseError } from "jsonc-parser";

/** What to write by hand where the command cannot. */
export const TEST_TASK = `"test": { "dependsOn": ["^test"] }`;

/**
 * The text of turbo.json with a task `test`; comments and the order stay. The same text where the task is there, undefined
 * where the file has no `tasks` or cannot be changed safely. The packages have no build, so no other task needs a change.
 */
export function withTestTask(text: string): string | undefined {
  const tasks = tasksOf(text);
  if (tasks === undefined) return undefined;
  if ("test" in tasks) return text;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const formattingOptions = { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol };
  const edits = modify(text, ["tasks", "test"], { dependsOn: ["^test"] }, { formattingOptions });
  const changed = applyEdits(text, edits).replace(/\[\s*"\^test"\s*\]/, '["^test"]'); // in one line, as create-turbo has it
  return "test" in (tasksOf(changed) ?? {}) ? changed : undefined;
}

function tasksOf(text: string): object | undefined {
  const errors: ParseError[] = [];
  const config: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof config !== "object" || config === null || !("tasks" in config)) return undefined;
  return typeof config.tasks === "object" && config.tasks !== null ? config.tasks : undefined;
}
