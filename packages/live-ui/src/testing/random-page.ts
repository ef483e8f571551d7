/** A page that changes at random, of which every state is known by the seed. */
export class RandomPage {
  #seed: number;
  #next = 0;
  #title = "first";
  #color = "red";
  #isOpen = true;
  readonly #lists: string[][] = [[], [], []];
  readonly #texts = new Map<string, string>();

  constructor(seed: number) {
    this.#seed = seed;
    for (const list of this.#lists) for (let count = 0; count < 4; count += 1) list.push(this.#row());
  }

  get html(): string {
    const [items = [], rows = [], cards = []] = this.#lists;
    const text = (id: string) => this.#texts.get(id) ?? "";
    return [
      `<h1 id="title" class="${this.#color}">${this.#title}</h1>`,
      `<section id="section" data-color="${this.#color}"><p>${this.#isOpen ? "open" : "<b>closed</b>"}</p>`,
      `<ul id="items" class="${this.#color}">${items.map((id) => `<li id="${id}" title="${text(id)}">${text(id)}</li>`).join("")}</ul></section>`,
      `<table id="table"><tbody id="rows">${rows.map((id) => `<tr id="${id}"><td>${text(id)}</td><td><input name="${id}"></td></tr>`).join("")}</tbody></table>`,
      this.#isOpen
        ? `<div id="cards">${cards.map((id) => `<article id="${id}" class="${this.#color}"><h2>${text(id)}</h2></article>`).join("")}</div>`
        : "",
    ].join("");
  }

  /** Changes one to four things. */
  change(): void {
    for (let count = 1 + this.#below(4); count > 0; count -= 1) this.#changeOne();
  }

  #changeOne(): void {
    const list = this.#lists[this.#below(3)] ?? [];
    const place = this.#below(list.length + 1);
    const [row] = list.slice(place);
    switch (this.#below(9)) {
      case 0:
        this.#title = `title &lt;${this.#below(100)}&gt;`;
        return;
      case 1:
        this.#color = ["red", "green", "blue"][this.#below(3)] ?? "";
        return;
      case 2:
        this.#isOpen = !this.#isOpen;
        return;
      case 3:
      case 4:
        return void list.splice(place, 0, this.#row(), this.#row());
      case 5:
        return void list.splice(place, 1);
      case 6:
        return void list.reverse();
      case 7:
        if (row !== undefined) list.splice(this.#below(list.length), 0, ...list.splice(place, 1));
        return;
      default:
        if (row !== undefined) this.#texts.set(row, `text ${this.#below(100)} &amp; &quot;`);
    }
  }

  #row(): string {
    const id = `r${(this.#next += 1)}`;
    this.#texts.set(id, `row ${id}`);
    return id;
  }

  #below(limit: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#seed / 2 ** 32) * limit);
  }
}
