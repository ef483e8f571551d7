import type { RealtimeClient } from "@repo/realtime-client";
import { useState } from "react";

/** What a hook keeps for one channel of one client. */
export interface OfChannel {
  readonly client: RealtimeClient;
  /** The concrete name. */
  readonly name: string;
  /** The `ask` of its subscribe, as JSON. */
  readonly ask?: string | undefined;
}

/** Keeps what was made for a channel until it is another channel or another `ask`, and then never shows the old one's for the new. */
export function useKept<Kept extends OfChannel>({ client, name, ask }: OfChannel, make: () => Kept): Kept {
  const [kept, setKept] = useState(make);
  if (kept.client === client && kept.name === name && kept.ask === ask) return kept;
  const next = make();
  setKept(next);
  return next;
}
