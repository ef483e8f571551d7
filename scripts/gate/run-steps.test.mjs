import { expect, it } from "vitest";
import { runSteps } from "./run-steps.mjs";

/** Steps that end when they are told to, and a record of what ran beside what. */
function stage() {
  const printed = [];
  const running = new Set();
  const together = [];
  const end = new Map();
  const run = ({ name }) => {
    running.add(name);
    together.push([...running].join("+"));
    return new Promise((resolve) => {
      end.set(name, (passed = true, output = "") => {
        running.delete(name);
        resolve({ name, passed, seconds: 1.25, output });
      });
    });
  };
  return { printed, together, end, options: { run, print: (line) => printed.push(line) } };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

it("fills two cores, in the order of the steps", async () => {
  const { end, together, options } = stage();
  const steps = [
    { name: "a", cores: 1 },
    { name: "b", cores: 1 },
    { name: "c", cores: 1 },
    { name: "wide", cores: 2 },
    { name: "d", cores: 1 },
  ];
  const done = runSteps(steps, options);
  for (const name of ["b", "a", "c", "wide", "d"]) {
    await settled();
    end.get(name)();
  }
  await done;
  expect(together).toEqual(["a", "a+b", "a+c", "wide", "d"]);
});

it("prints a line for each step, and every failure's output at the end", async () => {
  const { end, printed, options } = stage();
  const done = runSteps(
    [
      { name: "lint", cores: 1 },
      { name: "types", cores: 1 },
      { name: "tests", cores: 2 },
    ],
    options,
  );
  await settled();
  end.get("lint")(false, "no-shadow in a.ts\n");
  end.get("types")(true, "quiet");
  await settled();
  end.get("tests")(false, "1 failed");
  const outcomes = await done;
  expect(printed).toEqual([
    "FAIL  lint                  1.3 s",
    "ok    types                 1.3 s",
    "FAIL  tests                 1.3 s",
    "\n──── lint ────\nno-shadow in a.ts",
    "\n──── tests ────\n1 failed",
  ]);
  expect(outcomes.map(({ passed }) => passed)).toEqual([false, true, false]);
});

it("shows a passing step's note in its line", async () => {
  const { end, printed, options } = stage();
  const done = runSteps([{ name: "advisories", cores: 1 }], options);
  await settled();
  end.get("advisories")(true, "requesting\nnote: no reply\n");
  await done;
  expect(printed).toEqual(["ok    advisories            1.3 s  note: no reply"]);
});
