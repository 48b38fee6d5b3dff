"use strict";
// Opens explanations, filters and sorts. It moves and marks what the page has, and never makes markup out of text.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const kinds = ["error", "warning", "note", "silenced"];
  const cards = all(".card[data-kind]");
  const inline = cards.filter((card) => card.classList.contains("inline"));
  const marks = all("mark > a").map((link) => ({
    link, href: link.getAttribute("href"), cards: link.dataset.entries.split(" ").map((id) => document.getElementById(id)),
  }));
  const filter = document.querySelector(".filter");
  let last = null; // the mark that was used last

  document.documentElement.classList.add("js");

  // What is shown of each mark: as the worst of its cards that the filter leaves, or as plain text.
  function refresh() {
    const reached = new Set(); // one stop of the tab key a card
    for (const { link, href, cards } of marks) {
      const live = cards.filter((card) => !card.hidden);
      const kind = kinds.find((kind) => live.some((card) => card.dataset.kind === kind));
      link.parentElement.className = kind ?? "off";
      if (!kind) {
        for (const name of ["href", "role", "aria-expanded", "aria-controls", "aria-label", "tabindex"]) link.removeAttribute(name);
        continue;
      }
      link.setAttribute("href", href);
      link.setAttribute("role", "button");
      link.setAttribute("aria-controls", live.map((card) => card.id).join(" "));
      link.setAttribute("aria-expanded", String(live.every((card) => card.classList.contains("open"))));
      link.setAttribute("aria-label", `${link.textContent}, ${kind}`);
      link.tabIndex = live.some((card) => !reached.has(card)) ? 0 : -1;
      live.forEach((card) => reached.add(card));
    }
  }

  function open(some, on) {
    some.forEach((card) => card.classList.toggle("open", on));
    refresh();
  }

  function toHash() {
    const card = inline.find((card) => `#${card.id}` === location.hash);
    if (!card) return;
    open([card], true);
    card.scrollIntoView({ block: "nearest" });
  }

  for (const mark of marks) {
    mark.link.addEventListener("click", (event) => {
      const live = mark.cards.filter((card) => !card.hidden);
      event.preventDefault();
      if (!live.length) return;
      const on = !live.every((card) => card.classList.contains("open"));
      last = mark.link;
      open(live, on);
      if (on) live[0].scrollIntoView({ block: "nearest" });
    });
    mark.link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      mark.link.click();
    });
  }

  if (filter) {
    const button = filter.querySelector(".all");
    const apply = () => {
      const on = new Set(all("input:checked", filter).map((box) => `${box.name} ${box.value}`));
      for (const card of cards) card.hidden = !on.has(`kind ${card.dataset.kind}`) || !on.has(`family ${card.dataset.family}`);
      const left = cards.filter((card) => !card.hidden).length;
      filter.querySelector("output").textContent = `${left} of ${cards.length} shown`;
      refresh();
    };
    filter.addEventListener("change", apply);
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      open(inline, on);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      button.setAttribute("aria-pressed", "false");
      open(inline, false);
      last?.focus();
    });
    apply();
  }
  addEventListener("hashchange", toHash);
  toHash();

  // A table whose heads sort it: numbers fall first, words rise first; equal rows stay as they are.
  for (const head of all("table.sortable thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const body = head.closest("table").tBodies[0];
      const text = (row) => row.cells[head.cellIndex].textContent.trim();
      const numeric = head.classList.contains("number");
      const falling = head.ariaSort ? head.ariaSort === "ascending" : numeric;
      const order = (a, b) => (numeric ? (parseFloat(a) || 0) - (parseFloat(b) || 0) : a < b ? -1 : Number(a > b));
      const rows = [...body.rows].sort((a, b) => order(text(a), text(b)) * (falling ? -1 : 1));
      all("th[aria-sort]", head.parentElement).forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      body.append(...rows);
    });
  }
})();
