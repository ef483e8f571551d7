import { PostgresBed } from "../postgres/postgres-bed.js";
import { engineThroughput } from "./engine-throughput.js";
const bed = await PostgresBed.start();
try { console.log(JSON.stringify(await engineThroughput(bed, { queries: 100_000, changes: 100_000 }))); } finally { await bed.close(); }
