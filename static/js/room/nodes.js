// Small pieces of the page: clones of the templates, icons, faces, roles, times, files.

import { fileSize, plural, words } from "../lib/say.js";

const ROLE_SHAPES = { client: "circle", freelancer: "square", mediator: "hexagon", staff: "hexagon" };
const SVG = "http://www.w3.org/2000/svg";

export const part = (root, name) => root.querySelector(`[data-part="${name}"]`);

export const fromTemplate = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

/** An element with properties, data attributes and children. */
export function make(tag, { data = {}, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  Object.assign(node.dataset, data);
  node.append(...children);
  return node;
}

/** The same text again would be laid out again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** The one place where markup enters the page: a message's, made and cleaned by the server. */
export function setMarkup(node, html) {
  node.innerHTML = html;
}

export function icon(name, size) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  if (size) svg.dataset.size = size;
  svg.append(document.createElementNS(SVG, "use"));
  setIcon(svg, name);
  return svg;
}

export function setIcon(node, name) {
  node.querySelector("use").setAttribute("href", `#i-${name}`);
}

export function setFace(face, card) {
  face.dataset.role = card.role;
  const image = card.avatar && { src: card.avatar, alt: "", loading: "lazy", decoding: "async" };
  face.querySelector("img, span").replaceWith(image ? make("img", image) : make("span", {}, card.initials));
}

export function setRole(node, role, word) {
  node.dataset.role = role;
  setIcon(node, ROLE_SHAPES[role] ?? "hexagon");
  node.lastChild.textContent = word;
}

export function setTime(node, iso, moments) {
  node.dateTime = iso;
  node.textContent = moments.clock(iso);
}

/** A button that looks like a link. */
export function linkButton(word, { act, onclick } = {}) {
  return make("button", { type: "button", className: "link", textContent: word, onclick, data: act ? { act } : {} });
}

/** A file's card: a link to its download, or plain while it is not sent yet. */
export function fileCard(file, { isSent = true } = {}) {
  const card = fromTemplate("file-template");
  const kind = file.width ? words.timeline.image : words.timeline.file;
  part(card, "name").textContent = file.name;
  card.querySelector("small").textContent = [kind, file.size ? fileSize(file.size) : ""].filter(Boolean).join(", ");
  if (file.width) setIcon(card, "image");
  if (!isSent) return card;
  card.href = `/api/files/${file.id}/`;
  card.dataset.file = file.id;
  if (file.thumb) {
    const thumbnail = { src: `/api/files/${file.id}/thumbnail/`, alt: "", loading: "lazy", decoding: "async" };
    card.firstElementChild.replaceWith(make("img", thumbnail));
  }
  return card;
}

export function setCount(node, n) {
  node.hidden = !n;
  node.textContent = n > 99 ? "99+" : n || "";
  if (n) node.setAttribute("aria-label", plural("unread", n));
  else node.removeAttribute("aria-label");
}
