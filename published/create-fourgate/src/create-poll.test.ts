import { expect, it } from "vitest";
import { createPoll } from "./create-poll.js";
import type { Command } from "./parse-command.js";
import { filesOf, temporaryFolder } from "./testing/temporary-folder.js";
import { turboFiles } from "./testing/turbo-files.js";

const command = (folder: string, rest: Partial<Command> = {}): Command => ({
  folder,
  host: undefined,
  hasServer: false,
  isDryRun: false,
  isHelp: false,
  ...rest,
});

it("makes a new app for Node where nothing is there", () => {
  const folder = temporaryFolder();
  expect(createPoll(command(folder.path), "1.2.3")).toMatch(
    /^Node's own HTTP server: wrote \d+ files, 0 unchanged\.\n/,
  );
  expect(folder.has("src/server.ts")).toBe(true);
});

it("writes into the app that is there, as its package.json shows the host", () => {
  const folder = temporaryFolder({
    "package.json": `{ "dependencies": { "next": "16.4.6" } }`,
    "src/app/page.tsx": "",
  });
  expect(createPoll(command(folder.path), "1.2.3")).toContain("Next.js: wrote 9 files");
  expect(folder.has("src/app/realtime/route.ts")).toBe(true);
});

it("says what of an app that exists is too old, and on the second run that nothing is to be done", () => {
  const folder = temporaryFolder({
    "package.json": JSON.stringify({
      dependencies: { express: "^5.0.0", zod: "^3.0.0" },
      devDependencies: { typescript: "7" },
    }),
  });
  const [first, second] = [createPoll(command(folder.path), "1.2.3"), createPoll(command(folder.path), "1.2.3")];
  expect(first).toContain("This app has zod ^3.0.0, and the files need zod 4");
  expect(first).toContain("Then serve it.");
  expect(second).toMatch(/^Express 5: wrote 0 files, \d+ unchanged\.\n\nNothing to do: the poll is here already\.$/);
});

it("refuses to make a Next app, which its own command makes", () => {
  const folder = temporaryFolder();
  expect(() => createPoll(command(folder.path, { host: "next" }), "1.2.3")).toThrow("npx create-next-app");
  expect(filesOf(folder)).toEqual({});
});

it("writes the packages at the root of a turbo workspace, and says so in a dry run", () => {
  const folder = temporaryFolder(turboFiles());
  const before = filesOf(folder);
  const dry = createPoll(command(folder.path, { isDryRun: true }), "1.2.3");
  expect(dry).toContain("Turbo workspace: would write 24 files, 0 unchanged.\n  packages/core-realtime/src/index.ts\n");
  expect(filesOf(folder)).toEqual(before);
  expect(createPoll(command(folder.path), "1.2.3")).toContain("wrote 24 files, 0 unchanged.");
  expect(createPoll(command(folder.path), "1.2.3")).toContain("wrote 0 files, 24 unchanged.");
});

it("refuses --host at the root of a turbo workspace, and takes it in one of its apps", () => {
  const folder = temporaryFolder(turboFiles());
  const before = filesOf(folder);
  expect(() => createPoll(command(folder.path, { host: "express" }), "1.2.3")).toThrow("--host is for an app");
  expect(filesOf(folder)).toEqual(before);
  expect(createPoll(command(folder.pathOf("apps/api"), { host: "express" }), "1.2.3")).toContain("Express 5: wrote");
});

it("gives a Next app a server of its own in place of Next's scripts, and keeps the scripts that are the app's", () => {
  const scripts = { dev: "next dev --turbopack", build: "next build", start: "node my-server.js", lint: "eslint" };
  const folder = temporaryFolder({
    "package.json": JSON.stringify({ scripts, dependencies: { next: "16.4.6" } }),
    ".gitignore": "/.next/\n",
  });
  createPoll(command(folder.path, { hasServer: true }), "1.2.3");
  expect(folder.has("server.ts")).toBe(true);
  expect(folder.manifest()?.scripts).toEqual({
    dev: expect.stringMatching(/^esbuild server\.ts .*&& node dist\/server\.mjs$/),
    build: expect.stringMatching(/^next build && esbuild server\.ts /),
    start: "node my-server.js",
    lint: "eslint",
    test: "vitest run realtime/",
  });
  expect(folder.read(".gitignore")).toBe("/.next/\n\n# the built server.ts\n/dist/\n");
  expect(createPoll(command(folder.path, { hasServer: true }), "1.2.3")).toContain("wrote 0 files");
});

it("refuses a server of its own for a host that has one anyway", () => {
  const folder = temporaryFolder();
  expect(() => createPoll(command(folder.path, { hasServer: true }), "1.2.3")).toThrow("--server custom is for a Next");
  expect(filesOf(folder)).toEqual({});
});

const PLACEHOLDER = `echo "Error: no test specified" && exit 1`;

it.each([
  [
    { test: PLACEHOLDER },
    "vitest run src/realtime/",
    `\n\nThe script "test" becomes vitest run src/realtime/, in place of npm's placeholder.\n\n`,
  ],
  [
    { start: "node ." },
    "vitest run src/realtime/",
    `\n\npackage.json gets a script "test": vitest run src/realtime/.\n\n`,
  ],
  [
    { test: "jest" },
    "jest",
    `\n\nThe script "test" stays as it is: jest. The poll's test is written for Vitest, and runs with\nnpx vitest run src/realtime/polls.test.ts; exclude this file from your test runner.\n\n`,
  ],
] as const)("says what becomes of the scripts %j of an app that exists", (scripts, test, sentence) => {
  const folder = temporaryFolder({ "package.json": JSON.stringify({ scripts }) });
  expect(createPoll(command(folder.path, { isDryRun: true }), "1.2.3")).toContain(sentence);
  expect(createPoll(command(folder.path), "1.2.3")).toContain(sentence);
  expect(folder.manifest()?.scripts).toEqual({ ...scripts, test });
});

it.each(["jest", "npm run unit", "jest --config eslint-plugin-vitest.json"])(
  "says how to run the poll's test where Vitest is installed and the script is %s",
  (test) => {
    const manifest = { scripts: { test }, devDependencies: { vitest: "4.1.0" } };
    const folder = temporaryFolder({ "package.json": JSON.stringify(manifest) });
    expect(createPoll(command(folder.path), "1.2.3")).toContain("\nnpx vitest run src/realtime/polls.test.ts;");
    expect(folder.manifest()?.scripts).toEqual({ test });
  },
);

it.each(["vitest --run", "tsc && npx vitest", "node_modules/.bin/vitest run src"])(
  "keeps the script %s, which runs Vitest, and says nothing",
  (test) => {
    const folder = temporaryFolder({ "package.json": JSON.stringify({ scripts: { test } }) });
    expect(createPoll(command(folder.path), "1.2.3")).not.toContain(`script "test"`);
    expect(folder.manifest()?.scripts).toEqual({ test });
  },
);
