"use client";

import { createMutations, type QueryClient } from "@repo/realtime-client/query";
import { useState } from "react";
import type { AnnotationDatabase, CountedWidget } from "./annotation-database";
import { whyRefused } from "./why-refused";
import styles from "./scope-switch.module.css";

interface ScopeSwitchProps {
  readonly client: QueryClient;
  readonly widget: CountedWidget;
}

/** Shows a widget to everybody, or to the members of its hub alone. */
export function ScopeSwitch({ client, widget }: ScopeSwitchProps) {
  const [isChanging, setIsChanging] = useState(false);
  const [why, setWhy] = useState<string>();
  const isPublic = widget.policy_scope === "public";
  const change = async () => {
    setIsChanging(true);
    setWhy(undefined);
    const { updateRecord } = createMutations<AnnotationDatabase>(client);
    const policy_scope = isPublic ? "private" : "public";
    await updateRecord("demo.widgets", String(widget.id), { policy_scope }).catch((cause: unknown) =>
      setWhy(whyRefused(cause)),
    );
    setIsChanging(false);
  };
  return (
    <>
      <button
        className={styles.switch}
        role="switch"
        aria-checked={isPublic}
        disabled={isChanging}
        onClick={() => void change()}
      >
        <span className={styles.track} aria-hidden="true" />
        Public
      </button>
      {why !== undefined && <p role="alert">{why}</p>}
    </>
  );
}
