import type { Measurement } from "../postgres/measurement.js";
import { bytes } from "./page-bytes.js";
import type { LiveUiScale } from "./live-ui-scale.js";
import { pageLatency } from "./page-latency.js";
import { pageMemory } from "./page-memory.js";
import { pageResume } from "./page-resume.js";
import { templateToPatch } from "./template-to-patch.js";

/** What is measured about server-driven pages, by the names of `--only`. */
export const LIVE_UI_SCENARIOS: Readonly<Record<string, (scale: LiveUiScale) => Promise<readonly Measurement[]>>> = {
  bytes,
  cpu: templateToPatch,
  memory: pageMemory,
  latency: pageLatency,
  resume: pageResume,
};
