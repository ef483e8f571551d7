import { isMap, isPair, isScalar, isSeq, parseDocument, type Document, type Pair } from "yaml";
import { Refusal } from "../refusal.js";

type Entries = Readonly<Record<string, string>>;

/** A pnpm-workspace.yaml: read with a parser, edited by splicing, so that its comments and order stay. */
export class WorkspaceYaml {
  readonly path: string;
  #text: string;

  constructor(path: string, text: string) {
    this.path = path;
    this.#text = text;
  }

  get text(): string {
    return this.#text;
  }

  /** The entries of a map, as they are written; nothing where there is none. */
  entries(key: string): Entries {
    const value = this.#pair(key)?.value;
    if (!isMap(value)) return {};
    return Object.fromEntries(value.items.map((item) => [textOf(item.key), this.#sourceOf(item.value)]));
  }

  /** Adds to a map what it lacks, in order where it is in order. */
  addEntries(key: string, wanted: Entries): void {
    for (const [name, value] of Object.entries(wanted)) {
      const present = this.entries(key);
      if (!Object.hasOwn(present, name)) this.#addEntry(key, `${quoted(name)}: ${value}`, name);
    }
  }

  /** Adds to a list what it lacks. */
  addItems(key: string, wanted: readonly string[]): void {
    for (const item of wanted) {
      const list = this.#pair(key)?.value;
      const present = isSeq(list) ? list.items.map(textOf) : [];
      if (!present.includes(item)) this.#addLine(key, `- ${quoted(item)}`, present.length);
    }
  }

  /** Adds a setting of the workspace, unless it is set. */
  addSetting(key: string, value: string): void {
    if (!this.#pair(key)) this.#append(`${key}: ${value}`);
  }

  #addEntry(key: string, line: string, name: string): void {
    const names = Object.keys(this.entries(key));
    const isSorted = names.every((other, index) => index === 0 || (names[index - 1] ?? "") <= other);
    const next = isSorted ? names.findIndex((other) => other > name) : -1;
    this.#addLine(key, line, next === -1 ? names.length : next);
  }

  /** Puts a line before the entry at `index`, or after the last. */
  #addLine(key: string, line: string, index: number): void {
    const pair = this.#pair(key);
    if (!pair) return this.#append(`${key}:${this.#eol}  ${line}`);
    const list = pair.value;
    if (!(isMap(list) || isSeq(list)) || list.flow === true || list.items.length === 0)
      throw new Refusal(
        `${this.path} has no lines under \`${key}:\`. Paste this one there and run this again:\n\n  ${line}\n`,
      );
    const starts = list.items.map((item) => startOf(isPair(item) ? item.key : item));
    const start = starts[Math.min(index, starts.length - 1)] ?? 0;
    const lineStart = this.#text.lastIndexOf("\n", start - 1) + 1;
    const indent = this.#text.slice(lineStart, start).split("-")[0] ?? "";
    const end = this.#text.indexOf("\n", endOf(list.items.at(-1)));
    const at = index < starts.length ? lineStart : end === -1 ? this.#text.length : end + 1;
    const gap = at === this.#text.length && !this.#text.endsWith("\n") ? this.#eol : "";
    this.#splice(at, `${gap}${indent}${line}${this.#eol}`);
  }

  #append(lines: string): void {
    const gap = this.#text === "" || this.#text.endsWith("\n") ? "" : this.#eol;
    this.#splice(this.#text.length, gap + lines + this.#eol);
  }

  #splice(at: number, text: string): void {
    this.#text = this.#text.slice(0, at) + text + this.#text.slice(at);
  }

  get #eol(): string {
    return this.#text.includes("\r\n") ? "\r\n" : "\n";
  }

  #pair(key: string): Pair | undefined {
    const document: Document = parseDocument(this.#text);
    const [error] = document.errors;
    if (error) throw new Refusal(`${this.path} does not parse (${error.message}): repair it and run this again.`);
    if (!isMap(document.contents)) return undefined;
    return document.contents.items.find((item) => textOf(item.key) === key);
  }

  #sourceOf(node: unknown): string {
    return isScalar(node) && node.range ? this.#text.slice(node.range[0], node.range[1]) : "";
  }
}

function textOf(node: unknown): string {
  return isScalar(node) ? String(node.value) : "";
}

function startOf(node: unknown): number {
  return (isScalar(node) && node.range?.[0]) || 0;
}

function endOf(node: unknown): number {
  if (isPair(node)) return endOf(node.value ?? node.key);
  if (isMap(node) || isSeq(node)) return endOf(node.items.at(-1));
  return (isScalar(node) && node.range?.[1]) || 0;
}

function quoted(name: string): string {
  return /^[A-Za-z][\w./*-]*$/.test(name) ? name : JSON.stringify(name);
}
