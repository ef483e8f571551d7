export { freshDatabase } from "./fresh-database.js";
export { openBoard, type OpenBoard, type OpenBoardOptions } from "./open-board.js";
export { PgliteTaskRepository } from "./pglite-task-repository.js";
export type { SqlClient, SqlRunner } from "./sql-client.js";
