import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { preloadEmbed } from "../../server/annotations/preload-annotations";
import { theApp } from "../../server/the-app";
import { LiveEmbed } from "./live-embed";

export const metadata: Metadata = { title: "Annotations of a widget" };

interface EmbedPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

/** One widget for a page of another origin. Its token names the widget; nobody signs in. */
export default async function EmbedPage({ searchParams }: EmbedPageProps) {
  const { token } = await searchParams;
  const embed = await preloadEmbed(theApp(), token);
  if (!embed) notFound();
  return <LiveEmbed {...embed} />;
}
