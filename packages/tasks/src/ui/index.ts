"use client";

export { Board, type BoardProps } from "./board.js";
export type { Plug } from "./plug.js";
export type { BoardViewer } from "./viewer.js";
