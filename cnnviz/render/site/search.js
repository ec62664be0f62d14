"use strict";
// Only the scenes in which every word is: in title, concepts, takeaway, or in what is said.
{
  const form = document.querySelector(".search"), field = form.querySelector("input"), found = document.getElementById("found");
  const cards = [...document.querySelectorAll("[data-words]")], chapters = [...document.querySelectorAll(".chapter")];
  const look = () => {
    const words = field.value.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").split(/\s+/).filter(Boolean);
    for (const card of cards) card.hidden = !words.every(word => card.dataset.words.includes(word));
    for (const chapter of chapters) chapter.hidden = !chapter.querySelector("[data-words]:not([hidden])");
    const count = cards.filter(card => !card.hidden).length;
    const {none, one, many} = found.dataset;
    found.textContent = words.length ? [none, one][count] ?? many.replace("{count}", count) : "";
  };
  field.addEventListener("input", look);
  form.addEventListener("submit", event => event.preventDefault());
  try { field.value = decodeURIComponent(location.search.slice(1).replaceAll("+", " ")); } catch { field.value = ""; }
  form.hidden = false;
  look();
}
