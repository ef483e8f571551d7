import { registerLive } from "@repo/live-ui-client/htmx";
import htmx from "htmx-4";
import { createFuzzDriver } from "./fuzz-driver.js";
import { clickAndWait } from "./htmx-move.js";

registerLive(htmx);
window.fuzz = createFuzzDriver({ move: clickAndWait, isOfHtmx: true });
