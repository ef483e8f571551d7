/** What the handlers of this feature are called in traces. */
export const tasksHandlers = {
  onTaskList: "tasks.on-task-list",
  onBoardCursors: "tasks.on-board-cursors",
  // <gen:realtime-handler-symbols>
} as const;
