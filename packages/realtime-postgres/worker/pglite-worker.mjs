// PGlite in a thread of its own: a statement that runs for long does not stop the event loop, and the thread can be ended.
// Receives { id, run, text, values }; posts { ready }, { id, result } or { id, error }, and { channel, payload }.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { rawQuery } from "./raw-query.mjs";

const RUNS = {
  query: (database, { text, values }) => rawQuery(database, text, values),
  execute: async (database, { text }) => (await database.exec(text)).at(-1)?.command,
  close: (database) => database.close(),
};

/** By itself PGlite takes 160 MB for pages of the database. What is not in these 16 MB is read again from the folder. */
const startParams = [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"];

const database = await PGlite.create({ startParams, ...workerData });
database.onNotification((channel, payload) => parentPort.postMessage({ channel, payload }));
parentPort.on("message", async ({ id, run, ...request }) => {
  try {
    parentPort.postMessage({ id, result: await RUNS[run](database, request) });
  } catch (error) {
    parentPort.postMessage({ id, error: { message: String(error?.message ?? error), code: error?.code } });
  }
});
parentPort.postMessage({ ready: true });
