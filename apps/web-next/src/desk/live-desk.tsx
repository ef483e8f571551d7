"use client";

import Link from "next/link";
import { useLive } from "../live/use-live";
import { ChannelList } from "./channel-list";
import { Composer } from "./composer";
import { ConnectionPill } from "./connection-pill";
import type { Desk } from "./desk-model";
import { GateStrip } from "./gate-strip";
import { gatesOf } from "./gates";
import { Inbox } from "./inbox";
import styles from "./live-desk.module.css";
import { notificationsOf } from "./notifications-of";
import { Pulse } from "./pulse";
import { StaffLog } from "./staff-log";
import { Welcome } from "./welcome";
import { WireLog } from "./wire-log";

/** The live part of the page: one connection, and everything that hangs on it. */
export function LiveDesk({ viewer, people, channels: rows, pingChannel, staffChannel, inboxChannel }: Desk) {
  const live = useLive(
    viewer?.userId,
    rows.filter(({ joinAtOnce }) => joinAtOnce).map(({ name }) => name),
  );
  const { link, channels, messages } = live;
  const receivedOn = (name: string) => messages.filter(({ channel }) => channel === name);
  return (
    <>
      <div className={styles.top}>
        <div>
          <h1>One message, four gates</h1>
          <p className="quiet">Every gate checks who you are and what you send. These are its decisions for you.</p>
        </div>
        <ConnectionPill link={link} />
      </div>
      {link.kind === "ended" && (
        <p className={styles.notice} role="alert">
          {link.error.message} <code>{link.error.code}</code> <Link href="/sign-in">Sign in</Link>
        </p>
      )}
      <GateStrip gates={gatesOf(live, viewer)} />
      <div className={styles.columns}>
        <div className={styles.column}>
          {viewer && inboxChannel ? (
            <>
              <Inbox
                notifications={notificationsOf(live, inboxChannel)}
                people={people}
                markRead={(id) => void live.send(inboxChannel, "read", { id })}
              />
              <Composer people={people} viewerId={viewer.userId} />
            </>
          ) : (
            <Welcome />
          )}
          <Pulse
            received={receivedOn(pingChannel)}
            people={people}
            reply={live.reply}
            canPublish={link.kind === "open"}
            ping={() => void live.send(pingChannel, "ping", { nonce: Math.random().toString(36).slice(2) })}
            sendInvalid={() => void live.send(pingChannel, "ping", { nonce: 42, and: "whatever" })}
          />
        </div>
        <div className={styles.column}>
          <ChannelList
            rows={rows}
            channels={channels}
            isOpen={link.kind === "open"}
            join={live.join}
            leave={live.leave}
          />
          {channels[staffChannel]?.kind === "joined" && (
            <StaffLog received={receivedOn(staffChannel)} people={people} />
          )}
        </div>
      </div>
      <WireLog lines={live.wire} />
    </>
  );
}
