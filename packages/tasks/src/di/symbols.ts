/** What the handlers of this feature are called in traces. */
export const tasksHandlers = {
  onTaskList: "tasks.on-task-list",
  onBoardCursors: "tasks.on-board-cursors",
  onBoardDrags: "tasks.on-board-drags",
  // <gen:realtime-handler-symbols>
} as const;
