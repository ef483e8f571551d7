/** One tab of the panel. */
export interface PanelView {
  readonly name: string;
  /** How many there are, for the tab. */
  readonly count: () => number;
  readonly node: HTMLElement;
  /** Shows what has changed; called while the tab is open. */
  readonly update: () => void;
}
