import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { preloadAnnotations } from "../../server/annotations/preload-annotations";
import { DEMO_PEOPLE } from "../../server/demo-people";
import { theApp } from "../../server/the-app";
import { PageHeader } from "../../shell/page-header";
import { PageMain } from "../../shell/page-main";
import { currentViewer } from "../current-viewer";
import { LiveAnnotations } from "./live-annotations";

export const metadata: Metadata = { title: "Annotations · Fourgate demo" };

interface AnnotationsPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

/** What people write about widgets: live queries that the server reads for the first paint. */
export default async function AnnotationsPage({ searchParams }: AnnotationsPageProps) {
  const viewer = await currentViewer();
  if (!viewer) redirect("/sign-in");
  const { widget } = await searchParams;
  return (
    <>
      <PageHeader viewer={viewer} />
      <PageMain>
        <LiveAnnotations viewer={viewer} people={DEMO_PEOPLE} {...await preloadAnnotations(theApp(), viewer, widget)} />
      </PageMain>
    </>
  );
}
