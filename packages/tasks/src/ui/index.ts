"use client";

export { Board, type BoardProps } from "./board.js";
export { isKeptOnBoard, type BoardOutbox } from "./board-outbox.js";
export type { Plug } from "./plug.js";
export type { BoardPerson, BoardViewer } from "./viewer.js";
