"use strict";
{
  const { language, words, questions } = JSON.parse(document.getElementById("answers").textContent);
  const fill = (text, fields) => text.replace(/\{(\w+)\}/g, (_, name) => fields[name]);

  // By language, the likeliest first: a decimal mark, and what may stand between thousands.
  const SPACE = "[ \\u00a0\\u2009\\u202f]";
  const MARKS = {
    en: [[".", ","], [",", ""], [".", SPACE], [",", SPACE], [",", "\\."]],
    es: [[",", ""], [",", SPACE], [".", ""], [",", "\\."], [".", SPACE], [".", ","]],
  }[language].map(([decimal, thousands]) => {
    const point = `\\${decimal}`;
    const number = `[+-]?(?:\\d+${point}?\\d*|${point}\\d+|\\d{1,3}(?:(?:${thousands})\\d{3})+(?:${point}\\d*)?)(?:[eE][+-]?\\d{1,4})?`;
    const plain = (text) => Number((thousands ? text.replace(new RegExp(thousands, "g"), "") : text).replace(decimal, "."));
    return { pattern: new RegExp(`^(${number})(?:/(${number}))?$`), plain };
  });

  // The numbers that a text may stand for, or null.
  const read = (text) => {
    const tidy = text.trim().replaceAll("−", "-").replace(/\s*\/\s*/g, "/");
    const values = MARKS.map(({ pattern, plain }) => [pattern.exec(tidy), plain])
      .filter(([match]) => match)
      .map(([match, plain]) => plain(match[1]) / (match[2] === undefined ? 1 : plain(match[2])))
      .filter(Number.isFinite);
    return values.length ? values : null;
  };

  // Of what may be meant, take what is right.
  const meant = (readings, right, tolerance) => readings && (readings.find((value) => same(right, value, tolerance)) ?? readings[0]);

  const same = (right, given, tolerance) => {
    if (Array.isArray(right)) {
      return Array.isArray(given) && right.length === given.length &&
        right.every((item, place) => same(item, given[place], tolerance));
    }
    return Math.abs(right - given) <= tolerance + 1e-9 * Math.max(1, Math.abs(right));
  };

  const cellsOf = (section, wanted, tolerance) => [...section.querySelectorAll("fieldset tr")].map((row, i) =>
    [...row.querySelectorAll("input")].map((field, j) => meant(read(field.value), (wanted[i] ?? wanted)[j], tolerance)));

  // What was answered, laid out as the answer is, or null where something is missing.
  const given = (section, question, right) => {
    if (question.kind === "choice") {
      const chosen = section.querySelector("input:checked");
      return chosen && Number(chosen.value);
    }
    if (question.kind === "numeric") {
      const readings = read(section.querySelector("input").value), values = [right, ...question.choices].map((it) => it.value);
      return readings && (values.flatMap((it) => readings.filter((value) => same(it, value, question.tolerance)))[0] ?? readings[0]);
    }
    if (question.kind === "order") return [...section.querySelectorAll("li[data-step]")].map((li) => Number(li.dataset.step));
    const wanted = Array.isArray(right.value[0]) ? right.value : [right.value];
    const rows = cellsOf(section, wanted, question.tolerance);
    if (rows.flat().includes(null)) return null;
    return Array.isArray(right.value[0]) ? rows : rows[0];
  };

  const judge = (section, question) => {
    const right = question.choices.find((choice) => choice.correct);
    const answer = given(section, question, right);
    if (answer === null) return { correct: false, text: words[question.kind] };
    const met = question.kind === "choice" ? question.choices[answer] :
      [right, ...question.choices].find((choice) => same(choice.value, answer, question.tolerance));
    if (met) return { correct: met.correct, text: met.feedback };
    if (question.kind === "numeric") return { correct: false, text: question.otherwise };
    const wanted = right.value.flat(), cells = answer.flat();
    const count = wanted.filter((cell, place) => same(cell, cells[place], question.tolerance)).length;
    const told = question.kind === "array" ? words.cells : words.steps;
    return { correct: false, text: fill(told, { right: count, all: wanted.length }) };
  };

  const sections = [...document.querySelectorAll(".quiz > section")];

  const score = () => {
    const right = sections.filter((section) => section.classList.contains("right")).length;
    document.getElementById("score").textContent = fill(words.score, { right, all: sections.length });
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
      feedback.dataset.verdict = correct ? `✓ ${words.right}` : `✗ ${words.wrong}`;
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
