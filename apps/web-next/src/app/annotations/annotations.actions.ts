"use server";

import { headers } from "next/headers";
import { createAnnotation } from "../../server/annotations/create-annotation";
import { theApp } from "../../server/the-app";

/** The form, where no JavaScript runs. */
export async function createAnnotationAction(_before: string | undefined, form: FormData): Promise<string | undefined> {
  return createAnnotation(theApp(), new Headers(await headers()), form);
}
