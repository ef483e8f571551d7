import { expect, it } from "vitest";
import { FairTurns } from "./fair-turns.js";

/** Works that end when a test lets them, with the order in which they began. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve) => ends.set(name, resolve));
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, work, end };
}

it("gives one owner half of the turns, and the others at once to further owners", async () => {
  const turns = new FairTurns<string>(4);
  const { begun, work, end } = works();
  for (const name of ["a1", "a2", "a3", "a4"]) void turns.run("a", work(name));
  for (const name of ["b1", "c1", "d1"]) void turns.run(name, work(name));
  expect(begun).toEqual(["a1", "a2", "b1", "c1"]);
  await end("b1");
  expect(begun.at(-1)).toBe("d1"); // before a3, which came first: its owner has two running
  await end("a1");
  expect(begun.at(-1)).toBe("a3");
  for (const name of ["a2", "a3", "c1", "d1"]) await end(name);
  expect(begun).toEqual(["a1", "a2", "b1", "c1", "d1", "a3", "a4"]);
});

it("continues after a work that fails", async () => {
  const turns = new FairTurns<string>(1);
  await expect(turns.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await expect(turns.run("a", () => Promise.resolve(7))).resolves.toBe(7);
});
