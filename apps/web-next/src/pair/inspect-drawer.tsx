import type { BoardPerson } from "@repo/tasks/ui";
import { useEffect, useEffectEvent } from "react";
import { pairClient } from "./pair-client";
import styles from "./pair.module.css";

interface InspectDrawerProps {
  readonly person: BoardPerson;
  readonly close: () => void;
}

/** The devtools panel of one side's client, as any app can have it: channels, gates, frames, queue. Loaded when it is opened first. */
export function InspectDrawer({ person, close }: InspectDrawerProps) {
  const { userId, name } = person;
  const onClose = useEffectEvent(() => {
    close();
    document.querySelector<HTMLElement>(`[data-inspect="${userId}"]`)?.focus();
  });
  useEffect(() => {
    let isGone = false;
    let unmount = (): void => undefined;
    void import("@repo/realtime-devtools").then(({ mountDevtools }) => {
      if (isGone) return;
      const panel = mountDevtools(pairClient(userId).inspector, { isOpen: true, name, onClose });
      unmount = panel.unmount;
      panel.toggle(true); // it takes the focus
    });
    return () => {
      isGone = true;
      unmount();
    };
  }, [userId, name]);
  return <div className={styles["room"]} />;
}
