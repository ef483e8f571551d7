import { mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ContenderName } from "../contender-name.js";
import type { TestBed } from "../test-bed.js";
import { BundleSources } from "./bundle-sources.js";
import { selfTimesOf, type CpuProfile } from "./cpu-profile.js";
import { profileSummary } from "./profile-summary.js";

const FOLDER = fileURLToPath(new URL("../../dist/profiles/", import.meta.url));

interface Recording {
  readonly contender: ContenderName;
  readonly file: string;
  readonly cpuMicros: number;
  readonly systemMicros: number;
}

/** Records CPU profiles of the servers while they are measured, and sums them up as text. */
export class ProfileRecorder {
  readonly #program: string;
  #recordings: Recording[] = [];

  /** The bundled server program, with its source map beside it. */
  constructor(program: string) {
    this.#program = program;
  }

  /** Measures under the profiler. */
  async record<T>({ name: contender, server }: TestBed, measure: () => Promise<T>): Promise<T> {
    await mkdir(FOLDER, { recursive: true });
    await server.request({ kind: "profile" });
    const value = await measure();
    const file = `${FOLDER}${fileName(contender)}-${this.#recordings.length}.cpuprofile`;
    const { cpuMicros = 0, systemMicros = 0 } = await server.request({ kind: "profiled", file });
    this.#recordings.push({ contender, file, cpuMicros, systemMicros });
    return value;
  }

  /** One summary per contender of what was recorded since the last call; also written beside the profiles. */
  async summaries(title: string): Promise<readonly string[]> {
    const recordings = this.#recordings;
    this.#recordings = [];
    const sources = await BundleSources.read(this.#program);
    const texts: string[] = [];
    for (const contender of new Set(recordings.map((each) => each.contender))) {
      const own = recordings.filter((each) => each.contender === contender);
      const text = profileSummary({ title: `${title}, ${contender}`, ...(await sumOf(own, sources)) });
      await writeFile(`${FOLDER}${fileName(`${title} ${contender}`)}.txt`, text);
      texts.push(text);
    }
    return texts;
  }
}

async function sumOf(recordings: readonly Recording[], sources: BundleSources) {
  const profiles = await Promise.all(recordings.map(async ({ file }) => JSON.parse(await readFile(file, "utf8")) as CpuProfile)); // prettier-ignore
  const selfTimes = profiles.flatMap(selfTimesOf).map((each) => ({ ...each, file: sources.fileOf(each.callFrame) }));
  const sum = (read: (recording: Recording) => number) => recordings.reduce((total, each) => total + read(each), 0);
  return { selfTimes, cpuMicros: sum((each) => each.cpuMicros), systemMicros: sum((each) => each.systemMicros) };
}

function fileName(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
