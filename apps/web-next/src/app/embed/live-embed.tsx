"use client";

import { createRealtimeClient } from "@repo/realtime-client";
import { auto } from "@repo/realtime-client/auto";
import { useState } from "react";
import { EmbedView, type EmbedViewProps } from "../../annotations/embed-view";
import { pathOf } from "../../base-path";
import type { AppChannels } from "../../live/app-channels";
import { RealtimeProvider } from "../../orders/order-hooks";

interface LiveEmbedProps extends Omit<EmbedViewProps, "client"> {
  readonly token: string;
}

/** An embedded widget with a client of its own: another site's page has neither our cookie nor our other tabs. */
export function LiveEmbed({ token, ...rest }: LiveEmbedProps) {
  const [client] = useState(() =>
    createRealtimeClient<AppChannels>({ url: pathOf("/realtime"), transports: [auto()], auth: () => token }),
  );
  return (
    <RealtimeProvider client={client}>
      <EmbedView client={client} {...rest} />
    </RealtimeProvider>
  );
}
