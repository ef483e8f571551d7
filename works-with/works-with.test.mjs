import { afterAll, beforeAll, expect, it } from "vitest";
import { HOSTS } from "./hosts/hosts.mjs";
import { openTrial } from "./run/open-trial.mjs";

const IN_CI = ["node", "next", "turbo-pnpm"]; // `pnpm works-with` tries every host

let trial;
beforeAll(async () => {
  trial = await openTrial();
});
afterAll(() => trial?.close());

it.each(HOSTS.filter(({ name }) => IN_CI.includes(name)))(
  "installs, builds, and recovers in two windows on $title",
  async (host) => {
    expect(await trial.tryHost(host)).toEqual({ yes: 3, no: 1 });
  },
);
