// Loaded by the test page: HTML as text that is equal where the DOM is.
globalThis.canonicalHtml = (html, isSpaceKept) => {
  const { document } = globalThis;
  const template = document.createElement("template");
  template.innerHTML = html ?? "";
  const root = html === null ? document.getElementById("area") : template.content;
  root.normalize();
  return [...root.childNodes].map((node) => canonicalNode(node, isSpaceKept)).join("");
};

function canonicalNode(node, isSpaceKept) {
  if (node.nodeName === "#text") return isSpaceKept || /\S/.test(node.data) ? JSON.stringify(node.data) : "";
  if (!node.attributes) return "";
  const attributes = [...node.attributes]
    .filter(({ name, value }) => name !== "hx-morph-skip-children" && !(name === "class" && value.trim() === ""))
    .map(({ name, value }) => ` ${name}=${JSON.stringify(name === "class" ? [...node.classList].join(" ") : value)}`)
    .sort();
  const { childNodes } = node.content ?? node;
  const name = node.namespaceURI.endsWith("xhtml") ? node.localName : `${node.namespaceURI} ${node.localName}`;
  const children = [...childNodes].map((child) => canonicalNode(child, isSpaceKept));
  return `<${name}${attributes.join("")}>${children.join("")}</${name}>\n`;
}
