"use client";

import { AnnotationsView, type AnnotationsViewProps } from "../../annotations/annotations-view";
import { RealtimeProvider } from "../../orders/order-hooks";
import { boardClient } from "../board/board-client";

/** The annotations with a client: the board's, so that all pages share one connection. */
export function LiveAnnotations(props: AnnotationsViewProps) {
  const { client } = boardClient(props.viewer.userId);
  return (
    <RealtimeProvider client={client}>
      <AnnotationsView client={client} {...props} />
    </RealtimeProvider>
  );
}
