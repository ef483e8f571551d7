import { expect, it } from "vitest";
import { counter } from "../http/served-pages.js";
import { VisitorIds } from "../state/visitor-ids.js";
import { liveNode } from "./live-node-under-test.js";

const ids = new VisitorIds(["a secret of tests, longer than 32 bytes"]);
const cookie = () => `fourgate-visitor=${ids.sign().signed}`;
const REFUSED = { v: [0, { f: null }] };

it("binds a visitor's page to the cookie of the connection, and refuses it to other visitors from then on", async () => {
  const node = await liveNode([counter]);
  const page = await node.open("/counter");
  const own = cookie();
  const opening = (await node.connect(page, undefined, own).subscribe()) as {
    readonly v: readonly [number, { readonly k: string }];
  };
  expect(opening).toEqual({ v: [0, { k: expect.stringMatching(/^v1\./) }] });
  const [, { k }] = opening.v;
  expect(await node.connect(page, undefined, cookie()).subscribe(k)).toEqual(REFUSED);
  expect(await node.connect(page).subscribe(k)).toEqual(REFUSED);
  expect(await node.connect(page, "mia", own).subscribe(k)).toEqual(REFUSED);
  const again = node.connect(page, undefined, own);
  expect(await again.subscribe(k)).toEqual({ v: [0] });
  expect(await again.act("increment")).toMatchObject({ ok: true });
});

it("opens the page of a visitor whose connection shows no cookie", async () => {
  const node = await liveNode([counter]);
  const page = await node.open("/counter");
  expect(await node.connect(page).subscribe()).toEqual({ v: [0] });
});
