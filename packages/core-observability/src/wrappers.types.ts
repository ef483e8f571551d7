import { noopLogger } from "./noop-logger";
import { noopTracer } from "./noop-tracer";
import { traced } from "./traced";
import { withCapture } from "./with-capture";
import { withSpan } from "./with-span";

interface Request<Payload> {
  readonly payload: Payload;
  readonly user: { readonly userId: string };
}
type Handler<Payload, Reply> = (request: Request<Payload>) => Reply | Promise<Reply>;

const span = { op: "realtime-handler" };
const layer = { layer: "realtime-handler" };
declare const handler: Handler<{ note: string }, number>;
declare function register(handler: Handler<{ note: string }, number>): void;

withSpan(noopTracer, span, withCapture(noopLogger, layer, handler)) satisfies typeof handler;
register(withSpan(noopTracer, span, withCapture(noopLogger, layer, handler)));
register(withSpan(noopTracer, span, ({ payload, user }) => payload.note.length + user.userId.length));
register(withSpan(noopTracer, span, async ({ payload }) => payload.note.length));

traced({ tracer: noopTracer, logger: noopLogger }, "orders.on-note", handler) satisfies typeof handler;
register(traced({ tracer: noopTracer, logger: noopLogger }, "orders.on-note", ({ payload }) => payload.note.length));

const exact = withSpan(noopTracer, span, (a: number, b?: string, ...rest: readonly boolean[]) => ({ a, b, rest }));
exact satisfies (a: number, b?: string, ...rest: boolean[]) => { a: number };
exact(1).a satisfies number;
const generic = withCapture(noopLogger, layer, <T>(value: T): T => value);
generic("a") satisfies "a";

// @ts-expect-error the wrapped function keeps its arguments
exact("1");
// @ts-expect-error and their number
withSpan(noopTracer, span, () => {})(1);
// @ts-expect-error and its result: a promise stays a promise
withCapture(noopLogger, layer, async () => 1)() satisfies number;
// @ts-expect-error a handler of another payload does not fit
register(withSpan(noopTracer, span, ({ payload }: Request<{ other: string }>) => payload.other.length));
// @ts-expect-error a span requires the kind of work it times
withSpan(noopTracer, { name: "orders.note" }, handler);
// @ts-expect-error fields come first
noopLogger.info("shipped", { orderId: "7" });
