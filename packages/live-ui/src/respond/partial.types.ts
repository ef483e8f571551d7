// What must not compile.
import { raw } from "../template/html.js";
import { partial } from "./partial.js";
import { respondHtml } from "./respond-html.js";

const content = raw("<p></p>");

// @ts-expect-error htmx 4 has no swap of this name
partial("#count", "morph", content);
// @ts-expect-error a plain text may hold a visitor's HTML
partial("#count", "innerHTML", "<p></p>");
// @ts-expect-error what is deleted has no content
partial("#count", "delete", content);
// @ts-expect-error what is inserted has one
partial("#count", "beforeend");
// @ts-expect-error a plain text may hold a visitor's HTML
respondHtml("<p></p>");
