"use strict";
{
  const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?`;
  const FRACTION = new RegExp(`^(${NUMBER})(?:/(${NUMBER}))?$`);
  const THOUSANDS = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;

  // The number that a text stands for, or null.
  const read = (text) => {
    let tidy = text.trim().replaceAll("−", "-").replace(/\s*\/\s*/g, "/");
    if (THOUSANDS.test(tidy)) tidy = tidy.replaceAll(",", "");
    const match = FRACTION.exec(tidy);
    if (!match) return null;
    const value = Number(match[1]) / Number(match[2] ?? 1);
    return Number.isFinite(value) ? value : null;
  };

  const same = (right, given, tolerance) => {
    if (Array.isArray(right)) {
      return Array.isArray(given) && right.length === given.length &&
        right.every((item, place) => same(item, given[place], tolerance));
    }
    return Math.abs(right - given) <= tolerance + 1e-9 * Math.max(1, Math.abs(right));
  };

  const cellsOf = (section) => [...section.querySelectorAll("fieldset tr")].map(
    (row) => [...row.querySelectorAll("input")].map((field) => read(field.value)));

  // What was answered, laid out as the answer is, or null where something is missing.
  const given = (section, question, right) => {
    if (question.kind === "choice") {
      const chosen = section.querySelector("input:checked");
      return chosen && Number(chosen.value);
    }
    if (question.kind === "numeric") return read(section.querySelector("input").value);
    if (question.kind === "order") return [...section.querySelectorAll("li[data-step]")].map((li) => Number(li.dataset.step));
    const rows = cellsOf(section);
    if (rows.flat().includes(null)) return null;
    return Array.isArray(right.value[0]) ? rows : rows[0];
  };

  const MISSING = {
    choice: "Choose one of the answers first.",
    numeric: "That is no number yet: write digits such as 3, -0.5 or 1/3.",
    array: "Some cells hold no number yet: write digits such as 3, -0.5 or 1/3 into each.",
  };

  const judge = (section, question) => {
    const right = question.choices.find((choice) => choice.correct);
    const answer = given(section, question, right);
    if (answer === null) return { correct: false, text: MISSING[question.kind] };
    const met = question.kind === "choice" ? question.choices[answer] :
      [right, ...question.choices].find((choice) => same(choice.value, answer, question.tolerance));
    if (met) return { correct: met.correct, text: met.feedback };
    if (question.kind === "numeric") return { correct: false, text: question.otherwise };
    const wanted = right.value.flat(), cells = answer.flat();
    const count = wanted.filter((cell, place) => same(cell, cells[place], question.tolerance)).length;
    const noun = question.kind === "array" ? "cells are right" : "steps are in their place";
    return { correct: false, text: `${count} of ${wanted.length} ${noun}.` };
  };

  const questions = JSON.parse(document.getElementById("answers").textContent);
  const sections = [...document.querySelectorAll("main > section")];

  const score = () => {
    const right = sections.filter((section) => section.classList.contains("right")).length;
    document.getElementById("score").textContent = `${right} of ${sections.length} right`;
    document.getElementById("bar").style.width = `${100 * right / sections.length}%`;
  };

  sections.forEach((section, place) => {
    const form = section.querySelector("form"), feedback = section.querySelector(".feedback");
    const forget = () => {
      section.classList.remove("right", "wrong");
      feedback.textContent = "";
      score();
    };
    form.addEventListener("input", forget);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { correct, text } = judge(section, questions[place]);
      section.classList.toggle("right", correct);
      section.classList.toggle("wrong", !correct);
      feedback.textContent = text;
      score();
    });
    form.addEventListener("click", (event) => {
      const button = event.target.closest(".up, .down");
      if (!button) return;
      const item = button.closest("li"), up = button.classList.contains("up");
      const other = up ? item.previousElementSibling : item.nextElementSibling;
      if (!other) return;
      if (up) other.before(item); else other.after(item);
      button.focus();
      forget();
    });
  });
}
