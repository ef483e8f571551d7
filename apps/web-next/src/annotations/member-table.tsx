"use client";

import { createMutations, type QueryClient } from "@repo/realtime-client/query";
import { useMemo, useState } from "react";
import { Card } from "../desk/card";
import type { DemoPerson } from "../server/demo-people";
import type { AnnotationDatabase, Member } from "./annotation-database";
import { whyRefused } from "./why-refused";
import styles from "./member-table.module.css";

interface MemberTableProps {
  readonly client: QueryClient;
  readonly people: readonly DemoPerson[];
  readonly members: readonly Member[];
}

const HUBS = [
  ["north", "North"],
  ["south", "South"],
] as const;

/** Who belongs to which hub. Staff change it, and open pages of others gain and lose rows at once. */
export function MemberTable({ client, people, members }: MemberTableProps) {
  const [why, setWhy] = useState<string>();
  const { createRecord, deleteRecord } = useMemo(
    () => createMutations<AnnotationDatabase>(client, { uuidKeys: { "demo.members": undefined } }),
    [client],
  );
  const change = async (member: Member, isMember: boolean) => {
    setWhy(undefined);
    try {
      if (isMember) await createRecord("demo.members", member);
      else await deleteRecord("demo.members", { ...member });
    } catch (cause) {
      setWhy(whyRefused(cause));
    }
  };
  return (
    <Card title="Members" lead="For staff. Open pages gain and lose rows at once.">
      <table className={styles.table}>
        <thead>
          <tr>
            <td />
            {HUBS.map(([id, name]) => (
              <th key={id} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map(({ userId, name }) => (
            <tr key={userId}>
              <th scope="row">{name}</th>
              {HUBS.map(([hub, hubName]) => (
                <td key={hub}>
                  <input
                    type="checkbox"
                    aria-label={`${name} is a member of ${hubName} dock`}
                    checked={members.some((member) => member.hub_id === hub && member.user_id === userId)}
                    onChange={({ target }) => void change({ hub_id: hub, user_id: userId }, target.checked)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {why && (
        <p role="alert" className="shut">
          {why}
        </p>
      )}
    </Card>
  );
}
