#!/usr/bin/env node
import { createPoll } from "./create-poll.js";
import { ownVersion } from "./own-version.js";
import { HELP, parseCommand } from "./parse-command.js";

try {
  const command = parseCommand(process.argv.slice(2), process.env);
  console.log(command.isHelp ? HELP : createPoll(command, ownVersion()));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
