/** HTML as a template; its content is the nodes. */
export function parseHtml(html: string): HTMLTemplateElement {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template;
}
