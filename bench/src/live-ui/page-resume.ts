import { webSocketBytes } from "../byte-formats.js";
import type { Measurement } from "../postgres/measurement.js";
import { openPage, PageVisitor } from "./page-visitor.js";
import { PagePrograms } from "./page-processes.js";

const SECRET = "a secret of the bench, longer than 32 bytes";
const MASK_BYTES = 4; // of a client's frame
const user = "mia";
const ACTIONS = 5;

/** The cost of a page that continues at a new server after the old one was killed, its state in the token. */
export async function pageResume(): Promise<readonly Measurement[]> {
  const programs = await PagePrograms.build();
  const { channel, token } = await actThenKill(programs);
  const server = await programs.server(SECRET);
  try {
    const visitor = await PageVisitor.enter({ port: server.port, user }, { channel, token });
    const [opened = ""] = visitor.texts;
    const { result } = JSON.parse(opened) as { readonly result: { readonly opening: unknown } }; // the wire
    const { patch } = await visitor.act("increase");
    if (!patch.includes(`Count: ${ACTIONS + 1}`)) throw new Error(`The state was lost: ${patch}.`);
    visitor.close();
    const payload = [JSON.stringify({ token }).length, JSON.stringify(result.opening).length] as const;
    const frames = [webSocketBytes(visitor.subscribe) + MASK_BYTES, webSocketBytes(opened)] as const;
    return [
      row("what a page sends and receives (token; opening)", payload),
      row("the whole frames around it, subscribe and its reply, without the upgrade and `connected`", frames),
    ];
  } finally {
    await server.close();
    await programs.remove();
  }
}

/** What a browser has after some actions, when its server is gone. */
async function actThenKill(programs: PagePrograms) {
  const server = await programs.server(SECRET);
  try {
    const page = await openPage({ port: server.port, path: "/stateless", user });
    const visitor = await PageVisitor.enter({ port: server.port, user }, page);
    let token = page.token;
    for (let count = 0; count < ACTIONS; count += 1) {
      const { patch } = await visitor.act("increase");
      token = /"k":"([^"]*)"/.exec(patch)?.[1] ?? token;
    }
    visitor.close();
    return { channel: page.channel, token };
  } finally {
    await server.close("SIGKILL");
  }
}

function row(what: string, [up, down]: readonly [number, number]): Measurement {
  return {
    what: `bytes to go on after a SIGKILL of the server, where nothing has changed: ${what}`,
    ours: `${up} up, ${down} down`,
    peer: "",
    goal: "≤ 200 up, ≤ 20 down",
    isMet: up <= 200 && down <= 20,
  };
}
