import { readFileSync } from "node:fs";
import type { PlannedFile } from "./project-plan.js";

const TEMPLATES = new URL("../templates/", import.meta.url);

/** A file of templates/, at its place in the project. */
export function templateFile(template: string, path: string): PlannedFile {
  return { path, text: readFileSync(new URL(`${template}.template`, TEMPLATES), "utf8") };
}

/** The file with relative imports that have no ending, as bundlers resolve them. */
export function withoutEndings({ path, text }: PlannedFile): PlannedFile {
  return { path, text: text.replaceAll(/(from "\.[^"]*)\.js"/g, '$1"') };
}
