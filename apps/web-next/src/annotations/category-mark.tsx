import type { Category } from "./annotation-database";
import styles from "./category-mark.module.css";

/** The category of an annotation. */
export function CategoryMark({ category }: { readonly category: Category }) {
  return (
    <span className={styles.mark} data-category={category}>
      {category}
    </span>
  );
}
