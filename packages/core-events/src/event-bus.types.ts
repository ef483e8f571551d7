import { z } from "zod";
import type { IEventBus } from "./event-bus";
import { defineEvent } from "./event-definition";

declare const bus: IEventBus;
const paid = defineEvent({ name: "order.paid", payload: z.object({ cents: z.string().transform(Number) }) });

paid.name satisfies "order.paid";
void bus.publish(paid, { cents: "250" });
bus.subscribe(paid, ({ payload, name }) => {
  payload.cents satisfies number;
  name satisfies "order.paid";
});

// @ts-expect-error the publisher gives the schema's input
void bus.publish(paid, { cents: 250 });
// @ts-expect-error a missing field
void bus.publish(paid, {});
// @ts-expect-error an event is a value made by defineEvent, not a name
void bus.publish("order.paid", { cents: "250" });
// @ts-expect-error the subscriber gets the schema's output
bus.subscribe(paid, ({ payload }) => payload.cents satisfies string);
// @ts-expect-error an occurrence cannot be changed
bus.subscribe(paid, (occurrence) => (occurrence.id = "mine"));
// @ts-expect-error a payload is a Standard Schema
defineEvent({ name: "order.paid", payload: { cents: "number" } });
