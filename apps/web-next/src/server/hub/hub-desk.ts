import type { Hub, SignalKind, Widget } from "../../hub/signal";

export interface NewSignal {
  readonly widgetId: number;
  readonly kind: SignalKind;
  readonly body: string;
  readonly sender: string;
}

export type WidgetName = Pick<Widget, "id" | "name">;

/** The hubs of the demo. Whoever calls it has checked who asks. */
export interface IHubDesk {
  /** Undefined where there is none of this id. */
  read(hubId: string): Promise<Hub | undefined>;
  /** The names of its widgets alone; undefined where there is no such hub. */
  widgetNames(hubId: string): Promise<readonly WidgetName[] | undefined>;
  /** False where there is no such widget. */
  record(signal: NewSignal): Promise<boolean>;
}

/** Hubs for an app without a database: none. */
export const noHubDesk: IHubDesk = {
  read: async () => undefined,
  widgetNames: async () => undefined,
  record: async () => false,
};
