import { useLayoutEffect, type ReactNode } from "react";
import { useQuery } from "../index.js";
import { mount } from "./mount.js";
import type { Note, queryNode } from "./query-node.js";

type Node = Awaited<ReturnType<typeof queryNode>>;

/** Draws into the page of the node's client, in StrictMode. */
export const draw = ({ client }: Pick<Node, "client">, element: ReactNode) => mount(client as never, element);
export const bodies = (records: readonly Note[]) => records.map(({ body }) => body).join(" ");
export const rows = (...bodies: readonly string[]): readonly Note[] => bodies.map((body) => ({ id: body, body }));

interface NotesProps {
  readonly node: Node;
  readonly limit?: number | undefined;
  readonly suspense?: boolean;
  readonly seen?: string[];
}

/** Makes its query anew at each render. */
export function Notes({ node, limit, suspense, seen }: NotesProps) {
  const all = node.query("notes").orderBy("id");
  const { records, status, isStale } = useQuery(limit === undefined ? all : all.limit(limit), { suspense });
  const text = `${bodies(records)} ${status}${isStale ? " stale" : ""};`;
  useLayoutEffect(() => {
    if (seen?.at(-1) !== text) seen?.push(text); // StrictMode runs effects twice
  }, [seen, text]);
  return text;
}
