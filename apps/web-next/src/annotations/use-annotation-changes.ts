"use client";

import { createMutations, isConflict, uuidV7, type QueryClient } from "@repo/realtime-client/query";
import { useMemo, useState } from "react";
import type { Annotation, AnnotationDatabase } from "./annotation-database";
import { whyRefused } from "./why-refused";

/** What a person writes. */
export type Draft = Pick<Annotation, "body" | "category">;

/** What one wanted to do to an annotation. */
export type Intent =
  | { readonly kind: "create"; readonly widgetId: number; readonly draft: Draft }
  | { readonly kind: "update"; readonly widgetId: number; readonly draft: Draft; readonly version: number }
  | { readonly kind: "delete"; readonly widgetId: number };

/** A change that is under way, or that needs its author. */
export type Change =
  | { readonly state: "sending"; readonly intent: Intent }
  | { readonly state: "refused"; readonly intent: Intent; readonly why: string }
  | { readonly state: "conflict"; readonly intent: Intent; readonly current: Annotation | null };

const TABLE = "demo.annotations";

/** The changes that one makes to annotations, and what has become of each, by the annotation's id. */
export function useAnnotationChanges(client: QueryClient, author: string) {
  const [changes, setChanges] = useState<ReadonlyMap<string, Change>>(new Map());
  const { createRecord, updateRecord, deleteRecord } = useMemo(
    () => createMutations<AnnotationDatabase>(client),
    [client],
  );
  const become = (id: string, change: Change | undefined) =>
    setChanges((before) => {
      const after = new Map(before);
      if (change) after.set(id, change);
      else after.delete(id);
      return after;
    });

  const send = (id: string, intent: Intent): Promise<unknown> => {
    switch (intent.kind) {
      case "create":
        return createRecord(TABLE, { id, author, widget_id: intent.widgetId, ...intent.draft });
      case "update":
        return updateRecord(TABLE, id, intent.draft, { expect: { version: intent.version } });
      case "delete":
        return deleteRecord(TABLE, id);
    }
  };

  const make = async (id: string, intent: Intent): Promise<void> => {
    become(id, { state: "sending", intent });
    try {
      await send(id, intent);
      become(id, undefined);
    } catch (cause) {
      if (isConflict<Annotation>(cause)) become(id, { state: "conflict", intent, current: cause.data.row });
      else become(id, { state: "refused", intent, why: whyRefused(cause) });
    }
  };

  return {
    changes,
    make,
    create: (widgetId: number, draft: Draft) => make(uuidV7(), { kind: "create", widgetId, draft }),
    dismiss: (id: string) => become(id, undefined),
  };
}

export type AnnotationChanges = Pick<ReturnType<typeof useAnnotationChanges>, "changes" | "make" | "dismiss">;

/** Where nothing is changed. */
export const NO_CHANGES: AnnotationChanges = {
  changes: new Map(),
  make: () => Promise.resolve(),
  dismiss: () => undefined,
};
