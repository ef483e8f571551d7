import type { FeatureNames } from "./names.js";
import { camelCase, checkSlug } from "./slug.js";

/** What the parts of a live page are called. */
export interface LivePageNames {
  /** In file names: `order-board`. */
  readonly slug: string;
  /** The value of `live`: `orderBoardPage`. */
  readonly page: string;
  /** Its module, relative to the feature's `src/`: `order-board.page`. */
  readonly pageModule: string;
  /** Its URL: `/orders/order-board`. */
  readonly path: string;
  /** What people read: `Order board`. */
  readonly title: string;
}

/** The names of a page's parts. */
export function livePageNames({ feature }: Pick<FeatureNames, "feature">, page: string): LivePageNames {
  const slug = checkSlug(page, "page");
  const title = slug.replaceAll("-", " ");
  return {
    slug,
    page: `${camelCase(slug)}Page`,
    pageModule: `${slug}.page`,
    path: `/${feature}/${slug}`,
    title: title.charAt(0).toUpperCase() + title.slice(1),
  };
}
