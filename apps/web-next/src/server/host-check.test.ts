import { expect, it } from "vitest";
import { createHostCheck } from "./host-check";

it.each(["127.0.0.1", "localhost", "::1"])("takes this machine's own names alone where it listens on %s", (host) => {
  const isOurs = createHostCheck({ host, origins: "same-origin" });
  for (const name of ["localhost", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000"]) expect(isOurs(name)).toBe(true);
  for (const name of ["evil.example:3000", "127.0.0.1.evil.example", "localhost.evil.example:3000", "", undefined])
    expect(isOurs(name)).toBe(false);
});

it("leaves it to the network's names or the list of origins elsewhere", () => {
  expect(createHostCheck({ host: "0.0.0.0", origins: "same-origin" })("demo.example")).toBe(true);
  expect(createHostCheck({ host: "127.0.0.1", origins: ["https://demo.example"] })("demo.example")).toBe(true);
});
