import { Session, type Runtime } from "node:inspector";
import { promisify } from "node:util";

const MAX_ASYNC_DEPTH = 64;

/** A call on the stack: the name of its function, and the address of the file that holds it. */
export interface Call {
  readonly url: string;
  readonly name: string;
}

/** The calls that led to a moment, the innermost first; one list for each stretch between two awaits, timers or events. */
export type CallChain = readonly (readonly Call[])[];

/** A debugger of the present process: it also sees the calls before an `await`, a timer or an event. */
export class CallChainReader {
  readonly #session = new Session();
  readonly #urls = new Map<string, string>();
  #latest: Runtime.StackTrace | undefined;

  constructor() {
    this.#session.connect();
    this.#session.on("Runtime.consoleAPICalled", ({ params }) => {
      if (params.type === "trace") this.#latest = params.stackTrace;
    });
    this.#session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => this.#urls.set(scriptId, url));
    this.#session.post("Runtime.enable");
    this.#session.post("Debugger.enable");
    this.#session.post("Debugger.setAsyncCallStackDepth", { maxDepth: MAX_ASYNC_DEPTH });
  }

  /** The chain of calls that led to the caller. */
  read(): CallChain {
    const print = process.stderr.write;
    process.stderr.write = () => true; // the debugger receives `console.trace`; it need not be printed
    console.trace();
    process.stderr.write = print;
    return chainOf(this.#latest);
  }

  /** The address of the file that holds this method of an object. */
  async fileOf(object: object, method: string): Promise<string> {
    const post = promisify(this.#session.post.bind(this.#session)) as unknown as Post;
    Reflect.set(globalThis, "callChainSubject", object);
    const { result } = await post("Runtime.evaluate", { expression: `callChainSubject[${JSON.stringify(method)}]` });
    Reflect.deleteProperty(globalThis, "callChainSubject");
    const { internalProperties = [] } = await post("Runtime.getProperties", { objectId: result?.objectId });
    const location = internalProperties.find(({ name }) => name === "[[FunctionLocation]]");
    return this.#urls.get(location?.value?.value?.scriptId ?? "") ?? "";
  }

  close(): void {
    this.#session.disconnect();
  }
}

/** The two commands that are sent to the debugger, and what is read of their results. */
type Post = (
  command: "Runtime.evaluate" | "Runtime.getProperties",
  parameters: object,
) => Promise<{
  readonly result?: { readonly objectId?: string };
  readonly internalProperties?: readonly {
    readonly name: string;
    readonly value?: { readonly value?: { readonly scriptId?: string } };
  }[];
}>;

function chainOf(trace: Runtime.StackTrace | undefined): CallChain {
  const chain: Call[][] = [];
  for (let at = trace; at; at = at.parent)
    chain.push(at.callFrames.map(({ url, functionName }) => ({ url, name: functionName })));
  return chain;
}
