"use client";

import { createRealtimeHooks } from "@repo/realtime-react";
import { Board, type BoardProps } from "@repo/tasks/ui";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { AppChannels } from "../../live/app-channels";
import { boardClient } from "./board-client";
import { mustReload } from "./must-reload";

const { RealtimeProvider, useConnection } = createRealtimeHooks<AppChannels>();

/** The board with a client, a plug, and a page that can be rendered anew. */
export function LiveBoard({
  viewer,
  people,
  preloaded,
}: Required<Pick<BoardProps, "viewer" | "people" | "preloaded">>) {
  const { client, plug, outbox } = boardClient(viewer.userId);
  const { refresh } = useRouter();
  return (
    <RealtimeProvider client={client}>
      <OwnPage viewerId={viewer.userId} />
      <Board viewer={viewer} people={people} preloaded={preloaded} plug={plug} outbox={outbox} onStale={refresh} />
    </RealtimeProvider>
  );
}

/** Lets nobody look at a page that was rendered for another: it would show one's rights wrongly, and call one by their name. */
function OwnPage({ viewerId }: { readonly viewerId: string }) {
  const { state } = useConnection();
  const speaker = state.status === "connected" ? state.userId : undefined;
  useEffect(() => {
    if (speaker !== undefined && mustReload({ viewerId, speaker }, () => sessionStorage)) location.reload();
  }, [viewerId, speaker]);
  return null;
}
