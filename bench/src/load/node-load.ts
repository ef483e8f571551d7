import { Agent } from "node:http";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { Arrivals } from "./arrivals.js";
import { LoadPeer } from "./load-peer.js";
import { readScript } from "./load-script.js";

// The load client of load/load.c for a machine without a C compiler: the same arguments, the same lines. Slower.
const script = readScript(process.argv.slice(2));
const control = connect({ port: script.controlPort, host: "127.0.0.1", noDelay: true });
const arrivals = new Arrivals();
const peers: LoadPeer[] = [];
const print = (line: string) => process.stdout.write(`${line}\n`);
let [wanted, concurrency, ready, gone, frames, messages] = [0, 0, 0, 0, 0, 0];
let [perRound, roundEnds, behind] = [0, 0, 0];
let openingSince = process.hrtime.bigint();
let chat = { text: "", frames: 1 };
let isTiming = false;

const events = {
  posts: new Agent({ keepAlive: true, maxSockets: 8 }),
  onReady() {
    ready += 1;
    if (ready === wanted) print(`opened ${wanted} ${process.hrtime.bigint() - openingSince}`);
    openMore();
  },
  onFrame(peer: LoadPeer) {
    frames += 1;
    if (isTiming) arrivals.arrived(peer.frames - 1);
    if (chat.text !== "" && peer.number % 2 === 0 && peer.sinceSent === chat.frames) sendChat(peer);
    if (perRound === 0 || peer.frames !== roundEnds || --behind > 0) return;
    behind = ready;
    roundEnds += perRound;
    control.write("r");
  },
  onGone: () => void (gone += 1),
};

function sendChat(peer: LoadPeer): void {
  messages += 1;
  peer.send(chat.text);
}

function openMore(): void {
  while (peers.length < wanted && peers.length - ready < concurrency)
    peers.push(new LoadPeer(peers.length, script, events));
}

function restartCounts(): void {
  for (const peer of peers) peer.frames = 0;
  frames = 0;
}

const COMMANDS: Readonly<Record<string, (rest: string) => void>> = {
  open(rest) {
    const [more = 0, atOnce = 1] = rest.split(" ").map(Number);
    wanted += more;
    concurrency = atOnce;
    openingSince = process.hrtime.bigint();
    openMore();
  },
  rounds(rest) {
    restartCounts();
    perRound = roundEnds = Number(rest);
    behind = ready;
    print("counting");
  },
  chat(rest) {
    const [, every = "1", text = ""] = /^(\d+) (.*)$/.exec(rest) ?? [];
    chat = { text, frames: Number(every) };
    if (text !== "") restartCounts();
    if (text !== "") for (const peer of peers) if (peer.number % 2 === 0) sendChat(peer);
    print("chatting");
  },
  clock() {
    restartCounts();
    arrivals.begin();
    isTiming = true;
    print("timing");
  },
  times() {
    isTiming = false;
    print(`latency ${arrivals.report()}`);
  },
  stall(rest) {
    for (const peer of peers.slice(0, Number(rest))) peer.stall();
    print("stalled");
  },
  count: () => void print(`counts ${frames} ${peers.reduce((sum, { bytes }) => sum + bytes, 0)} ${gone} ${messages}`),
};

let times = Buffer.alloc(0);
control.on("data", (bytes) => {
  times = Buffer.concat([times, bytes]);
  for (; times.length >= 8; times = times.subarray(8)) arrivals.published(times.readBigUInt64LE());
});
control.on("close", () => process.exit(0));
createInterface(process.stdin)
  .on("line", (line) => {
    const [command = "", ...rest] = line.split(" ");
    COMMANDS[command]?.(rest.join(" "));
  })
  .on("close", () => process.exit(0));
