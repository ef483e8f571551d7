import type * as server from "@repo/live-query";
import type * as client from "@repo/realtime-client/query";

// Must compile: `tsc` is the test. Client and server each describe the JSON between them, for neither may import the other.

/** True where the types take the same values of the same shape. `Values` of a condition are the client's caller's, and the server's schema decides on them. */
type IsSame<A, B> = (<T>() => T extends Shape<A> ? 1 : 2) extends <T>() => T extends Shape<B> ? 1 : 2 ? true : false;

/** The keys of an object, which of them are optional, and the same of what is in it. */
type Shape<T> = T extends (...args: never[]) => unknown ? T : T extends object ? { [K in keyof T]: Shape<T[K]> } : T;

const isSame = <A, B>(same: IsSame<A, B>): boolean => same;

export const SAME = [
  isSame<keyof server.QueryNode, keyof client.QueryNode>(true),
  isSame<Omit<server.QueryNode, "where" | "count">, Omit<client.QueryNode, "where" | "count">>(true),
  isSame<Operator<server.Condition>, Operator<client.Condition>>(true),
  isSame<Group<server.Condition>, Group<client.Condition>>(true),
  isSame<server.NamedQuery, client.NamedQuery>(true),
  isSame<server.Row, client.Row>(true),
  isSame<keyof server.PreloadedQuery, keyof client.PreloadedQuery>(true),
  isSame<server.ChangeFault, client.ChangeRefusal["data"]["fault"]>(true),
  isSame<server.RecordChange["op"], client.RecordChange["op"]>(true),
  isSame<server.RowId, client.RecordId>(true),
  isSame<KeysOfEach<server.RecordChange>, KeysOfEach<client.RecordChange>>(true),
];

// And each takes what the other sends.
export const received = (query: client.QueryNode, row: client.Row): [object, server.Row] => [
  query satisfies Omit<server.QueryNode, "where">,
  row,
];
export const preloaded = (given: server.PreloadedQuery): client.PreloadedQuery => given;

type Operator<C> = C extends readonly [string, infer Name, ...unknown[]] ? Name : never;
type Group<C> = C extends readonly unknown[] ? never : keyof C;
type KeysOfEach<T> = T extends { readonly op: infer Op } ? readonly [Op, keyof T] : never;
