import type { RealtimeClient } from "@repo/realtime-client";
import { createContext, useContext } from "react";

/** One for all hooks, whoever made them: those of a feature work below the app's provider. */
export const ClientContext = createContext<RealtimeClient | undefined>(undefined);

/** The client of the provider above. */
export function useClient(): RealtimeClient {
  const client = useContext(ClientContext);
  if (!client) throw new TypeError("No client: put <RealtimeProvider client={…}> around what uses channels.");
  return client;
}
