import {
  FrameReader,
  type ClientFrame,
  type CloseFrame,
  type EnvelopeFrame,
  type ReplyFrame,
  type ServerFrame,
} from "@repo/core-realtime";
import { FrameInbox, type FrameOf, type FrameType } from "./frame-inbox";
import { withPatience } from "../waiters";
import type { LinkEvents, RawLink } from "./link";

type Without<Frame, Key extends string> = Frame extends unknown ? Omit<Frame, Key> : never;

/** A frame that is replied to, without its id. */
export type ClientRequest = Without<Exclude<ClientFrame, { readonly type: "ping" }>, "id">;

/** How a connection ended: the transport's close code, and the last frame where there was one. */
export interface Ending {
  /** The transport's own close code, else that of the close frame. */
  readonly code: number | undefined;
  /** The close frame; undefined where the connection ended without one. */
  readonly frame: CloseFrame | undefined;
}

/** A client of the protocol over any transport: sends what the test passes, and keeps every frame. */
export class TestClient {
  readonly #inbox: FrameInbox;
  readonly #link: RawLink;
  readonly #end: Promise<Ending>;
  #requests = 0;

  private constructor(link: RawLink, inbox: FrameInbox, end: Promise<Ending>) {
    this.#link = link;
    this.#inbox = inbox;
    this.#end = end;
  }

  /** Resolves when the transport has let the client in; gate 1 may still be deciding. */
  static async connect(open: (events: LinkEvents) => Promise<RawLink> | RawLink): Promise<TestClient> {
    const inbox = new FrameInbox();
    const reader = new FrameReader();
    let ended: (ending: Ending) => void = () => undefined;
    const end = new Promise<Ending>((resolve) => (ended = resolve));
    const link = await open({
      onFrame: (shown) => {
        const frame = reader.read(shown);
        if (frame) inbox.put(frame);
      },
      onClose: (closeCode) => {
        const frame = inbox.all.findLast((last): last is CloseFrame => last.type === "close");
        const code = closeCode ?? frame?.closeCode;
        inbox.end(`the connection closed (${code ?? "without a code"})`);
        ended({ code, frame });
      },
    });
    return new TestClient(link, inbox, end);
  }

  /** Every frame so far, oldest first. */
  get frames(): readonly ServerFrame[] {
    return this.#inbox.all;
  }

  /** The connection, for what no method does. */
  get link(): RawLink {
    return this.#link;
  }

  /** Every envelope so far, of one channel where its name is given. */
  envelopes(channel?: string): readonly EnvelopeFrame[] {
    const isIt = (frame: ServerFrame): frame is EnvelopeFrame =>
      frame.type === "message" && (channel === undefined || frame.channel === channel);
    return this.frames.filter(isIt);
  }

  /** Takes the next frame of a type; frames of other types stay until they are taken. */
  async next<Type extends FrameType>(type: Type): Promise<FrameOf<Type>> {
    return this.#inbox.take((frame): frame is FrameOf<Type> => frame.type === type, `a frame "${type}"`);
  }

  /** Takes the next envelope of a channel. */
  async nextEnvelope(channel: string): Promise<EnvelopeFrame> {
    const isIt = (frame: ServerFrame): frame is EnvelopeFrame => frame.type === "message" && frame.channel === channel;
    return this.#inbox.take(isIt, `a message of "${channel}"`);
  }

  /** Takes the reply to a frame that was sent with this id. */
  async replyTo(id: string): Promise<ReplyFrame> {
    const isIt = (frame: ServerFrame): frame is ReplyFrame => frame.type === "reply" && frame.id === id;
    return this.#inbox.take(isIt, `the reply to "${id}"`);
  }

  /** Takes the next refusal, whether it comes as an error frame or as a failing reply. */
  async nextRefusal(): Promise<FrameOf<"error"> | Extract<ReplyFrame, { readonly ok: false }>> {
    type Refusal = FrameOf<"error"> | Extract<ReplyFrame, { readonly ok: false }>;
    const isIt = (frame: ServerFrame): frame is Refusal =>
      frame.type === "error" || (frame.type === "reply" && !frame.ok);
    return this.#inbox.take(isIt, "a refusal");
  }

  /** Resolves when the connection has ended. */
  async ended(): Promise<Ending> {
    const stillOpen = () => `the connection was to end; came: ${this.#inbox.summary()}`;
    return withPatience(this.#end, stillOpen);
  }

  /** Sends a frame, and waits for nothing. */
  send(frame: ClientFrame): void {
    this.#link.send(frame);
  }

  /** Sends a frame under a fresh id and takes its reply. */
  async request(frame: ClientRequest): Promise<ReplyFrame> {
    const id = `q${++this.#requests}`;
    this.#link.send({ ...frame, id });
    return this.replyTo(id);
  }

  /** Resolves when everything that the server sent before has arrived. */
  async roundTrip(): Promise<void> {
    this.#link.send({ type: "ping" });
    await this.next("pong");
  }
}
