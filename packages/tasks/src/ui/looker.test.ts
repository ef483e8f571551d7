import { expect, it } from "vitest";
import { lookerOf } from "./looker.js";
import { hueOf } from "./viewer.js";

const known = [
  { userId: "mia", name: "Mia" },
  { userId: "sam", name: "Sam" },
];
const tab = (userId: string | null, meta?: object) => ({ connectionId: "c", userId, joinedAt: 0, meta });

it("takes a name and a colour from who somebody is, whatever their tab sends", () => {
  const forged = { name: "Sam", hue: hueOf("sam"), userId: "sam", looksAt: "a" };
  const looker = { connectionId: "c", userId: "mia", name: "Mia", hue: hueOf("mia"), looksAt: "a" };
  expect(lookerOf(tab("mia", forged), known)).toEqual(looker);
});

it("knows who it is before their tab has sent anything", () => {
  expect(lookerOf(tab("sam"), known)).toMatchObject({ name: "Sam", looksAt: undefined });
});

it("calls by their id whom the page does not know, and shows no visitor", () => {
  expect(lookerOf(tab("ada"), known)).toMatchObject({ userId: "ada", name: "ada", hue: hueOf("ada") });
  expect(lookerOf(tab(null), known)).toBeUndefined();
});
