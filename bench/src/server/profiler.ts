import { writeFile } from "node:fs/promises";
import { Session } from "node:inspector/promises";

const SAMPLE_MICROS = 200; // a message takes 20 µs: finer costs more than it shows

/** Records CPU profiles of this process. */
export class Profiler {
  readonly #session = new Session();

  async start(): Promise<void> {
    this.#session.connect();
    await this.#session.post("Profiler.enable");
    await this.#session.post("Profiler.setSamplingInterval", { interval: SAMPLE_MICROS });
    await this.#session.post("Profiler.start");
  }

  /** Ends the recording and writes it, as a `.cpuprofile`. */
  async stop(file: string): Promise<void> {
    const { profile } = await this.#session.post("Profiler.stop");
    this.#session.disconnect();
    await writeFile(file, JSON.stringify(profile));
  }
}
