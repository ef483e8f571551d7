export { onEachDatabase, type OpenTestDatabase } from "./test-databases.js";
export type { DatabaseUnderTest, OpenOptions } from "./database-under-test.js";
export { openSqlNode, type SqlNode, type SqlNodeClient } from "./sql-node.js";
export {
  APPLICATION,
  CHANNELS,
  CHAT,
  MIA,
  ORDER,
  outbox,
  POLICIES,
  ROOM,
  run,
  SAM,
  TRIGGER,
} from "./seed-application.js";
