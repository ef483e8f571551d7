"use client";

import { useActionState } from "react";
import { recordSignalAction } from "../app/hub/hub.actions";
import styles from "./signal-form.module.css";
import { SIGNAL_KINDS, type Widget } from "./signal";

/** An INSERT, by a form that works without JavaScript too. */
export function SignalForm({ widgets }: { readonly widgets: readonly Pick<Widget, "id" | "name">[] }) {
  const [why, send, isSending] = useActionState(recordSignalAction, undefined);
  return (
    <form action={send} className={styles.form}>
      <div>
        <label htmlFor="widget">Widget</label>
        <select id="widget" name="widget">
          {widgets.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="kind">Kind</label>
        <select id="kind" name="kind">
          {SIGNAL_KINDS.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </div>
      <div className={styles.body}>
        <label htmlFor="body">What is it?</label>
        <input
          id="body"
          name="body"
          required
          maxLength={140}
          autoComplete="off"
          placeholder="The plan forgets my filter."
        />
      </div>
      <button className="primary" disabled={isSending}>
        Insert
      </button>
      {why && (
        <p role="status" className="shut">
          {why}
        </p>
      )}
    </form>
  );
}
