#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { createPoll } from "./create-poll.js";
import { HELP, parseCommand } from "./parse-command.js";

try {
  const command = parseCommand(process.argv.slice(2));
  console.log(command.isHelp ? HELP : createPoll(command, ownVersion()));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** The packages are released together, under one version. */
function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return version;
}
