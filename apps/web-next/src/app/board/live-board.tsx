"use client";

import { createRealtimeHooks } from "@repo/realtime-react";
import { Board, type BoardProps } from "@repo/tasks/ui";
import { useRouter } from "next/navigation";
import type { AppChannels } from "../../live/app-channels";
import { boardClient } from "./board-client";

const { RealtimeProvider } = createRealtimeHooks<AppChannels>();

/** The board with a client, a plug, and a page that can be rendered anew. */
export function LiveBoard({
  viewer,
  people,
  preloaded,
}: Required<Pick<BoardProps, "viewer" | "people" | "preloaded">>) {
  const { client, plug } = boardClient(viewer.userId);
  const { refresh } = useRouter();
  return (
    <RealtimeProvider client={client}>
      <Board viewer={viewer} people={people} preloaded={preloaded} plug={plug} onStale={refresh} />
    </RealtimeProvider>
  );
}
