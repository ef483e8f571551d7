import type { RealtimeClient } from "@repo/realtime-client";
import { createElement, type ReactNode } from "react";
import { ClientContext } from "./client-context.js";

/** What the provider takes. */
export interface RealtimeProviderProps<Client = RealtimeClient> {
  /** One for the page, made outside of components. Whoever made it disconnects it. */
  readonly client: Client;
  /** The components that use the client. */
  readonly children: ReactNode;
}

/** Gives a client to all hooks below. */
export function RealtimeProvider({ client, children }: RealtimeProviderProps) {
  return createElement(ClientContext, { value: client }, children); // no JSX: who reads these sources need not set it up
}
