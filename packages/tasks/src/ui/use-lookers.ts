import { useEffect, useState } from "react";
import { usePresence } from "./task-hooks.js";
import { hueOf, type BoardViewer } from "./viewer.js";

/** What a tab says of itself. */
export interface Looker {
  readonly name: string;
  readonly hue: number;
  readonly looksAt?: string | undefined;
}

const GLANCE_MS = 150; // who only passes over a card does not look at it

/** Who is here and which card they look at; and says so of oneself. */
export function useLookers({ userId, name }: BoardViewer) {
  const [lookedAt, look] = useState<string>();
  const [looksAt, say] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(say, GLANCE_MS, lookedAt);
    return () => clearTimeout(timer);
  }, [lookedAt]);
  const { members, people } = usePresence(
    "entity:task",
    {},
    { meta: { name, hue: hueOf(userId), ...(looksAt && { looksAt }) } },
  );
  const others = members.filter((member) => member.userId !== userId);
  return { people, others, look };
}
