#!/usr/bin/env node
import { runCommand } from "./run-command.js";

const ended = new AbortController();
process.once("SIGINT", () => ended.abort());
process.once("SIGTERM", () => ended.abort());

process.exitCode = await runCommand({
  argv: process.argv.slice(2),
  env: process.env,
  signal: ended.signal,
  print: (line) => console.log(line),
  warn: (line) => console.error(line),
});
