export { carryOverBoard } from "./carry-over-board.js";
export { migrateBoard } from "./migrate-board.js";
export type { SqlClient, SqlRunner } from "./sql-client.js";
export { SqlTaskRepository } from "./sql-task-repository.js";
