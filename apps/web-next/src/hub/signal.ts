/** What people report about a widget. */
export const SIGNAL_KINDS = ["friction", "wish", "defect"] as const;

export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** One of them, as the page shows it. */
export interface Signal {
  readonly id: string;
  readonly kind: SignalKind;
  readonly body: string;
  readonly sender: string;
  readonly widget: string;
  readonly occurredAt: Date;
}

export interface Widget {
  readonly id: number;
  readonly name: string;
  readonly signals: number;
}

/** Everything that the page of one hub shows. */
export interface Hub {
  readonly id: string;
  readonly name: string;
  readonly site: string;
  readonly widgets: readonly Widget[];
  readonly counts: Readonly<Record<SignalKind, number>>;
  /** The newest first, at most 20. */
  readonly recent: readonly Signal[];
}
