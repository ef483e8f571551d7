import { useEffect, useState } from "react";
import { lookerOf } from "./looker.js";
import { usePresence } from "./task-hooks.js";
import type { BoardPerson, BoardViewer } from "./viewer.js";

const GLANCE_MS = 150; // who only passes over a card does not look at it

/** Who is here, each once, and which card the others look at; and sends the same of this tab. */
export function useLookers({ userId }: BoardViewer, known: readonly BoardPerson[]) {
  const [lookedAt, look] = useState<string>();
  const [looksAt, setLooksAt] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(setLooksAt, GLANCE_MS, lookedAt);
    return () => clearTimeout(timer);
  }, [lookedAt]);
  const { members, people } = usePresence("entity:task", {}, { meta: looksAt === undefined ? {} : { looksAt } });
  return {
    people: people.flatMap(({ tabs }) => tabs.slice(-1)).flatMap((tab) => lookerOf(tab, known) ?? []),
    others: members.flatMap((tab) => lookerOf(tab, known) ?? []).filter((looker) => looker.userId !== userId),
    look,
  };
}
