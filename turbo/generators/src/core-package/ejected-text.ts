import { isJsonObject, jsonChangeOf, openJson, readJson } from "../code/json-source.js";
import { mergeJson } from "../code/merge-json.js";

const TESTS = [
  /\.(?:test|spec|bench|types)\.[cm]?[jt]sx?$/,
  /^(?!packages\/core-testing\/)(?!.*\/testing\/).*-under-test\.tsx?$/, // there, contracts are made of them
  /\/vitest\.config\.ts$/,
  /^eslint-rules\/(?:fixtures|testing)\//,
  /^turbo\/generators\/src\/testing\//,
  /^published\/create-fourgate\/src\/testing\//,
  /\.tsbuildinfo$/,
];

/** Whether a file of the sources stays behind: a test, or what only tests need. */
export function isLeftBehind(path: string): boolean {
  return TESTS.some((pattern) => pattern.test(path));
}

/** The text that a file of the sources has in another workspace: no script runs tests, and turbo keeps what a build has written. */
export async function ejectedText(path: string, text: string): Promise<string> {
  if (path.endsWith("/package.json")) return withoutTestScript(path, text);
  return /^packages\/[^/]+\/turbo\.json$/.test(path) ? withOutputs(path, text) : text;
}

function withoutTestScript(path: string, text: string): string {
  const manifest = readJson(path, text);
  const { scripts } = manifest;
  if (!isJsonObject(scripts) || scripts["test"] === undefined) return text;
  const { test: _test, ...others } = scripts;
  return `${JSON.stringify({ ...manifest, scripts: others }, undefined, 2)}\n`;
}

/** A workspace's own `build` has outputs of its own; without these, a build from turbo's cache would have no dist. */
async function withOutputs(path: string, text: string): Promise<string> {
  const source = openJson(path, text);
  await mergeJson(source, { tasks: { build: { outputs: ["dist/**"] } } });
  return jsonChangeOf(source).after;
}
