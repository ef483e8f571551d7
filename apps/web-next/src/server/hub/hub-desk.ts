import type { Hub, SignalKind } from "../../hub/signal";

export interface NewSignal {
  readonly widgetId: number;
  readonly kind: SignalKind;
  readonly body: string;
  readonly sender: string;
}

/** The hubs of the demo. Whoever calls it has checked who asks. */
export interface IHubDesk {
  /** Undefined where there is none of this id. */
  read(hubId: string): Promise<Hub | undefined>;
  /** False where there is no such widget. */
  record(signal: NewSignal): Promise<boolean>;
}

/** Hubs for an app without a database: none. */
export const noHubDesk: IHubDesk = {
  read: async () => undefined,
  record: async () => false,
};
