type Callback = (lock: Lock | null) => unknown;

interface Claim {
  readonly tab: FakeTab;
  readonly grant: () => Promise<unknown>;
}

/** A browser with tabs, in one process: Web Locks and BroadcastChannels between them, and tabs that die. */
export class FakeBrowser {
  readonly #queues = new Map<string, Claim[]>();
  readonly #tabs = new Set<FakeTab>();

  openTab(): FakeTab {
    const tab = new FakeTab(this);
    this.#tabs.add(tab);
    return tab;
  }

  claim(name: string, claim: Claim): void {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    queue.push(claim);
    if (queue.length === 1) this.#grantNext(name);
  }

  /** The locks that a tab holds. */
  heldNames(): readonly string[] {
    return [...this.#queues].flatMap(([name, queue]) => (queue.length > 0 ? name : []));
  }

  /** Delivers a message to every other tab's channels of that name, as a copy. */
  broadcast(from: FakeChannel, data: unknown): void {
    const copy = structuredClone(data);
    for (const tab of this.#tabs)
      for (const channel of tab.channels)
        if (channel !== from && channel.name === from.name)
          queueMicrotask(() => tab.run(() => channel.onmessage?.({ data: copy })));
  }

  /** What it held is free, what it waited for it waits for no more. */
  forget(tab: FakeTab): void {
    this.#tabs.delete(tab);
    for (const [name, queue] of this.#queues) {
      const held = queue[0]?.tab === tab;
      this.#queues.set(name, queue.filter((claim) => claim.tab !== tab)); // prettier-ignore
      if (held) this.#grantNext(name);
    }
  }

  #grantNext(name: string): void {
    const claim = this.#queues.get(name)?.[0];
    if (!claim) return;
    queueMicrotask(async () => {
      await claim.grant();
      const queue = this.#queues.get(name);
      if (queue?.[0] !== claim) return; // its tab died, and the lock went on
      queue.shift();
      this.#grantNext(name);
    });
  }
}

/** One tab. */
export class FakeTab {
  readonly channels = new Set<FakeChannel>();
  readonly locks: Pick<LockManager, "request" | "query">;
  readonly BroadcastChannel: typeof BroadcastChannel;
  readonly #browser: FakeBrowser;
  isAlive = true;
  #held: (() => void)[] | undefined; // while it stands still

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
    const request = (name: string, callback: Callback) =>
      new Promise((resolve, reject) => {
        const grant = async () => {
          try {
            if (this.isAlive) resolve(await callback({ name, mode: "exclusive" }));
          } catch (cause) {
            reject(cause);
          }
        };
        browser.claim(name, { tab: this, grant });
      });
    const query = async () => ({ held: browser.heldNames().map((name) => ({ name })) });
    this.locks = { request, query } as Pick<LockManager, "request" | "query">;
    const openChannel = (name: string) => {
      const channel = new FakeChannel(name, (data) => this.run(() => browser.broadcast(channel, data)));
      this.channels.add(channel);
      return channel;
    };
    this.BroadcastChannel = function (name: string) {
      return openChannel(name);
    } as unknown as typeof BroadcastChannel; // as much of it as tabs use
  }

  /** What the tab receives and sends, unless it is gone; later where it is suspended. */
  run(task: () => void): void {
    if (!this.isAlive) return;
    if (this.#held) this.#held.push(task);
    else task();
  }

  /** As a dialog or a suspended process does it: nothing comes in or goes out, and locks are held. */
  standStill(): void {
    this.#held = [];
  }

  goOn(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const task of held) task();
  }

  /** As a browser ends a tab: no message, no event, locks free. */
  die(): void {
    this.isAlive = false;
    this.#browser.forget(this);
  }
}

/** One tab's end of a BroadcastChannel. */
export class FakeChannel {
  readonly name: string;
  readonly postMessage: (data: unknown) => void;
  onmessage: ((event: { readonly data: unknown }) => void) | undefined;

  constructor(name: string, postMessage: (data: unknown) => void) {
    this.name = name;
    this.postMessage = postMessage;
  }
}
