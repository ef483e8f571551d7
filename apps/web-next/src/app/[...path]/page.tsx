import { notFound } from "next/navigation";

/** Matches every path that no other page has, as a CMS would. It is here because such a page once ended every foreign WebSocket. */
export default function CatchAllPage(): never {
  notFound();
}
