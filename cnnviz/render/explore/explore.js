// One layer in the hand: point at a cell of the map and see its window, its products and its sum.

const SIZE = 26; // pixels a cell needs for its number
const LONG = 330; // pixels of a sheet's longer side
const CELL = { size: [1, 1], stride: [1, 1], padding: [[0, 0], [0, 0]], dilation: [1, 1], mode: "zeros" }; // a layer that reads one cell

function h(name, set = {}, ...within) {
  const made = document.createElement(name);
  for (const [key, to] of Object.entries(set)) {
    if (key in made && key !== "list") made[key] = to;
    else made.setAttribute(key, to);
  }
  made.append(...within);
  return made;
}

// What is said, in a language: its words for ours with their fields filled in, and numbers with its decimal mark.
const spoken = ({ words, mark }) => ({
  t: (text, fields = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => fields[name]),
  rounded: (number) => String(Math.round(number * 100) / 100).replace("-", "−").replace(".", mark),
});

const mix = (one, two, share) => {
  const part = (color, at) => parseInt(color.slice(at, at + 2), 16);
  return [1, 3, 5].map((at) => Math.round(part(one, at) * (1 - share) + part(two, at) * share));
};
const bright = ([r, g, b]) => 0.2126 * (r / 255) ** 2.2 + 0.7152 * (g / 255) ** 2.2 + 0.0722 * (b / 255) ** 2.2;
const ink = (fill) => (bright(fill) > 0.18 ? "#000000" : "#ffffff");

// A matrix on a canvas: fills by magnitude, numbers where there is room, outlines around chosen cells.
class Sheet {
  constructor(role, colors, name, rounded) {
    Object.assign(this, { role, colors, rounded, at: null });
    this.canvas = h("canvas", { tabIndex: 0, role: "img" });
    this.words = h("figcaption");
    this.figure = h("figure", {}, h("p", { className: "name", textContent: name }), this.canvas, this.words);
  }

  show(values, { scale, ring = [0, 0, 0, 0], marks = [], label }) {
    const rows = values.length, columns = values[0].length, ratio = window.devicePixelRatio || 1;
    const room = Math.min(LONG, this.figure.parentElement.clientWidth || LONG);
    const side = Math.max(4, Math.min(44, Math.floor(LONG / rows), Math.floor(room / columns)));
    Object.assign(this, { rows, columns, side });
    const { canvas, colors } = this, pen = canvas.getContext("2d");
    canvas.width = columns * side * ratio;
    canvas.height = rows * side * ratio;
    canvas.style.width = `${columns * side}px`;
    canvas.style.height = `${rows * side}px`;
    canvas.setAttribute("aria-label", label);
    this.words.textContent = label;
    pen.scale(ratio, ratio);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `500 ${Math.round(side * 0.4)}px Inter, system-ui, sans-serif`;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const number = values[i][j], hue = number < 0 ? colors.negative : colors[this.role];
        let fill = mix(colors.cell, hue, 0.86 * Math.min(1, Math.abs(number) / (scale || 1)));
        const added = i < ring[0] || j < ring[2] || i >= rows - ring[1] || j >= columns - ring[3];
        if (added) fill = mix(`#${fill.map((part) => part.toString(16).padStart(2, "0")).join("")}`, colors.ground, 0.55);
        pen.fillStyle = `rgb(${fill})`;
        pen.fillRect(j * side, i * side, side, side);
        const text = this.rounded(number);
        if (side >= SIZE && pen.measureText(text).width < side - 2) {
          pen.fillStyle = added ? colors.muted : ink(fill);
          pen.fillText(text, (j + 0.5) * side, (i + 0.53) * side);
        }
        if (side >= 8) {
          pen.strokeStyle = colors.line;
          pen.lineWidth = 1;
          pen.strokeRect(j * side + 0.5, i * side + 0.5, side, side);
        }
      }
    }
    for (const [color, width, cells] of marks) {
      pen.strokeStyle = color;
      pen.lineWidth = width;
      for (const [i, j, high = 1, wide = 1] of cells) {
        pen.strokeRect(j * side + 1, i * side + 1, wide * side - 2, high * side - 2);
      }
    }
  }

  cellAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / this.side);
    const column = Math.floor((event.clientX - box.left) / this.side);
    return row >= 0 && row < this.rows && column >= 0 && column < this.columns ? [row, column] : null;
  }

  // Arrow keys and the pointer choose a cell.
  choosable(chosen) {
    this.canvas.addEventListener("pointermove", (event) => {
      const cell = this.cellAt(event);
      if (cell && String(cell) !== String(this.at)) chosen(cell);
    });
    this.canvas.addEventListener("keydown", (event) => {
      const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
      if (!way) return;
      event.preventDefault();
      const [row, column] = this.at || [0, 0];
      chosen([
        Math.min(Math.max(row + way[0], 0), this.rows - 1),
        Math.min(Math.max(column + way[1], 0), this.columns - 1),
      ]);
    });
  }
}

const most = (map) => Math.max(...map.flat().map(Math.abs));
const sizes = ([rows, columns]) => `${rows} × ${columns}`;

export function explore(root, given, changed = () => {}) {
  const { colors, kernels, pictures, network } = given;
  const state = structuredClone(given.state);
  const { t, rounded } = spoken(given);
  const x = new Sheet("input", colors, t("Input"), rounded), y = new Sheet("output", colors, t("Map"), rounded);
  const weights = h("table", { className: "weights" });
  const products = h("table", { className: "products" });
  const sum = h("p", { className: "sum", role: "status", "aria-live": "polite" });
  const trouble = h("p", { className: "trouble", role: "alert" });
  const middle = h("div", { className: "middle" }, h("p", { className: "name", textContent: t("Kernel") }), weights, products);
  const pictureBox = h("div", { className: "sheets" }, x.figure, middle, y.figure);
  const layersBox = h("div", { className: "layers" });
  let drawing = false;

  const layer = () => {
    if (state.operation === "relu") return CELL;
    return {
      size: state.operation === "conv" ? shapeOf(state.kernel) : state.window,
      stride: state.stride,
      padding: state.padding.map((each) => (Array.isArray(each) ? each : [each, each])),
      dilation: state.dilation,
      mode: state.operation === "conv" ? state.padding_mode : "zeros",
    };
  };

  // Why a layer cannot be, or nothing.
  const refused = (shape, it) => {
    for (const axis of [0, 1]) {
      const [before, after] = it.padding[axis], n = shape[axis], most = before + after + n;
      if (outputSize(n, axis, it) < 1) return t(axis ? "The window is larger than the padded picture, which is {n} wide." : "The window is larger than the padded picture, which is {n} high.", { n: most });
      if (it.mode === "reflect" && Math.max(before, after) >= n) return t("Reflected, at most {n} cells can be added.", { n: n - 1 });
      if (it.mode === "circular" && Math.max(before, after) > n) return t("Around the border, at most {n} cells can be added.", { n });
      if (state.operation !== "conv" && 2 * Math.max(before, after) > it.size[axis]) return t("Pooling adds at most half of its window.");
    }
    return "";
  };

  function padded(it) {
    const shape = shapeOf(state.image), [[top, bottom], [left, right]] = it.padding;
    const frame = { size: [shape[0] + top + bottom, shape[1] + left + right], stride: [1, 1], padding: it.padding, dilation: [1, 1], mode: it.mode };
    const made = Array.from({ length: frame.size[0] }, () => Array(frame.size[1]));
    for (const cell of cells(shape, frame, [0, 0])) made[cell.a][cell.b] = value(state.image, cell);
    return made;
  }

  function computed(it) {
    if (state.operation === "conv") return conv([state.image], [[state.kernel]], [0], it)[0];
    if (state.operation === "relu") return relu([state.image])[0];
    return pool([state.image], state.operation, it)[0];
  }

  function draw() {
    if (state.operation === "network") return drawNetwork();
    pictureBox.hidden = false;
    layersBox.hidden = true;
    const it = layer(), shape = shapeOf(state.image);
    trouble.textContent = refused(shape, it);
    if (trouble.textContent) return;
    const map = computed(it), [rows, columns] = shapeOf(map);
    const at = [Math.min(state.cell[0], rows - 1), Math.min(state.cell[1], columns - 1)];
    const seen = cells(shape, it, at), [[top, bottom], [left, right]] = it.padding;
    const inFrame = ([i, j]) => [i + top, j + left];
    const reach = it.size.map((k, axis) => it.dilation[axis] * (k - 1) + 1);
    const holes = it.dilation.some((d) => d > 1);
    const marks = [[colors.kernel, 3, holes ? seen.map((cell) => inFrame(cell.at)) : [[...inFrame(seen[0].at), ...reach]]]];
    if (state.operation === "max") {
      const best = map[at[0]][at[1]];
      const winner = seen.find((cell) => !cell.none && value(state.image, cell) === best);
      marks.push([colors.highlight, 3, [inFrame(winner.at)]]);
    }
    x.show(padded(it), { scale: most(state.image), ring: [top, bottom, left, right], marks, label: top + bottom + left + right ? t("{size}, padded to {padded}", { size: sizes(shape), padded: sizes([shape[0] + top + bottom, shape[1] + left + right]) }) : sizes(shape) });
    y.at = at;
    y.show(map, { scale: most(map), marks: [[colors.highlight, 3, [at]]], label: sizes([rows, columns]) });
    middle.hidden = state.operation === "relu";
    middle.firstChild.textContent = t(state.operation === "conv" ? "Kernel" : "Window");
    weights.hidden = state.operation !== "conv";
    showProducts(seen, it);
    sum.textContent = told(seen, map[at[0]][at[1]], at);
  }

  function showProducts(seen, it) {
    products.replaceChildren(h("caption", { textContent: t(state.operation === "conv" ? "products" : "numbers") }));
    const scale = most(state.image) * (state.operation === "conv" ? most(state.kernel) : 1);
    for (let a = 0; a < it.size[0]; a++) {
      const row = h("tr");
      for (const cell of seen.filter((each) => each.a === a)) {
        const number = value(state.image, cell) * (state.operation === "conv" ? state.kernel[a][cell.b] : 1);
        const hue = number < 0 ? colors.negative : state.operation === "conv" ? colors.output : colors.input;
        const fill = mix(colors.cell, hue, 0.86 * Math.min(1, Math.abs(number) / (scale || 1)));
        row.append(h("td", { textContent: rounded(number), style: `background: rgb(${fill}); color: ${ink(fill)}` }));
      }
      products.append(row);
    }
  }

  function told(seen, result, at) {
    const numbers = seen.map((cell) => value(state.image, cell));
    const named = (number) => (number < 0 ? `(${rounded(number)})` : rounded(number));
    let words;
    if (state.operation === "relu") words = `max(0, ${rounded(numbers[0])})`;
    else if (state.operation === "max") words = `max(${numbers.map(rounded).join(", ")})`;
    else if (state.operation === "mean") words = `(${numbers.map(named).join(" + ")}) / ${numbers.length}`;
    else {
      const terms = seen.map((cell, i) => [numbers[i], state.kernel[cell.a][cell.b]]);
      const kept = terms.length > 12 ? terms.filter(([a, b]) => a * b) : terms;
      words = (kept.length > 30 ? [...kept.slice(0, 30).map(term), "…"] : kept.map(term)).join(" + ") || "0";
    }
    return t("Row {row}, column {column}: {sum}", { row: at[0] + 1, column: at[1] + 1, sum: `${words} = ${rounded(result)}` });
    function term([a, b]) {
      return `${named(a)} × ${named(b)}`;
    }
  }

  // The network that ships, on the picture: all maps, and where a number of one comes from.
  let marked = null;
  function drawNetwork() {
    pictureBox.hidden = true;
    layersBox.hidden = false;
    trouble.textContent = "";
    const image = fitted(state.image, network.shape).map((row) => row.map((number) => number * network.factor));
    const made = forward(network.layers, [image]), shares = made.pop();
    const stages = [{ name: t("input"), kind: "input", maps: [image] }];
    network.layers.forEach((each, i) => Array.isArray(made[i][0]) && stages.push({ ...each, maps: made[i] }));
    const logits = made.at(-1);
    layersBox.replaceChildren();
    stages.forEach((stage, i) => layersBox.append(stageOf(stage, stages[i - 1], i)));
    const best = shares.indexOf(Math.max(...shares));
    const bars = h("ol", { className: "shares", start: 0 });
    shares.forEach((share, k) =>
      bars.append(
        h("li", k === best ? { className: "best" } : {}, h("span", { textContent: network.classes[k] }), h("i", { style: `width: ${100 * share}%` }), h("b", { textContent: `${(100 * share).toFixed(1).replace(".", given.mark)} %` })),
      ),
    );
    layersBox.append(h("section", {}, h("p", { className: "name", textContent: t("shares") }), bars));
    sum.textContent = marked ? sum.textContent : t("The network says {answer}: the largest of ten numbers is {number}. Draw on the input, or point at a map.", { answer: network.classes[best], number: rounded(logits[best]) });
  }

  function stageOf(stage, before, i) {
    const scale = Math.max(...stage.maps.map(most)), side = i ? Math.floor(60 / stage.maps[0].length) : 22;
    const box = h("div", { className: "maps" });
    stage.maps.forEach((map, k) => {
      const canvas = h("canvas", { width: map[0].length * side, height: map.length * side });
      const pen = canvas.getContext("2d");
      map.forEach((row, r) =>
        row.forEach((number, c) => {
          pen.fillStyle = `rgb(${mix(colors.cell, number < 0 ? colors.negative : colors[i ? "output" : "input"], Math.min(1, Math.abs(number) / (scale || 1)))})`;
          pen.fillRect(c * side, r * side, side, side);
        }),
      );
      const frame = (color, r, c, high, wide) => {
        pen.strokeStyle = color;
        pen.lineWidth = 2;
        pen.strokeRect(c * side + 1, r * side + 1, wide * side - 2, high * side - 2);
      };
      if (marked && marked.stage === i && marked.map === k) frame(colors.highlight, ...marked.cell, 1, 1);
      if (marked && marked.stage === i + 1 && (marked.all || marked.map === k)) frame(colors.kernel, ...marked.window);
      canvas.addEventListener("pointermove", (event) => {
        const at = [Math.floor((event.offsetY * canvas.height) / canvas.clientHeight / side), Math.floor((event.offsetX * canvas.width) / canvas.clientWidth / side)];
        if (!i || (marked && marked.stage === i && marked.map === k && String(marked.cell) === String(at)) || !map[at[0]]) return;
        point(stage, before, i, k, at);
      });
      if (!i) paintable(canvas, side);
      box.append(canvas);
    });
    const shape = `${stage.maps.length} × ${stage.maps[0].length} × ${stage.maps[0][0].length}`;
    return h("section", { className: i ? "" : "given" }, h("p", { className: "name", textContent: stage.name }), box, h("p", { className: "shape", textContent: shape }));
  }

  function point(stage, before, i, k, at) {
    const plain = stage.kind === "relu", it = plain ? CELL : stage;
    const seen = cells(shapeOf(before.maps[0]), it, at), result = stage.maps[k][at[0]][at[1]];
    marked = { stage: i, map: k, cell: at, all: stage.kind === "conv", window: [...seen[0].at, ...it.size] };
    const where = t("Map {map}, row {row}, column {column}", { map: k + 1, row: at[0] + 1, column: at[1] + 1 });
    if (plain) sum.textContent = `${where}: max(0, ${rounded(value(before.maps[k], seen[0]))}) = ${rounded(result)}`;
    else if (stage.kind === "max") sum.textContent = `${where}: max(${seen.map((cell) => rounded(value(before.maps[k], cell))).join(", ")}) = ${rounded(result)}`;
    else {
      const parts = before.maps.map((map, c) => seen.reduce((total, cell) => total + value(map, cell) * stage.weight[k][c][cell.a][cell.b], 0));
      const listed = parts.length > 1 ? parts.map((part) => (part < 0 ? `(${rounded(part)})` : rounded(part))).join(" + ") : rounded(parts[0]);
      sum.textContent = t("{where}: {count} products add up to {sum}, and the bias {bias}: {result}", { where, count: `${parts.length} × ${seen.length}`, sum: listed, bias: rounded(stage.bias[k]), result: rounded(result) });
    }
    drawNetwork();
  }

  const fitted = (image, [rows, columns]) =>
    Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => (image[i] || [])[j] || 0));

  const paint = (row, column) => {
    if (state.operation === "network") state.image = fitted(state.image, network.shape);
    if (!state.image[row] || state.image[row][column] === undefined) return;
    state.image[row][column] = drawing === "rub" ? 0 : state.operation === "network" ? network.most : most(state.image) || 1;
    marked = null;
    draw();
  };

  function paintable(canvas, side) {
    const at = (event) => [Math.floor(event.offsetY / side), Math.floor(event.offsetX / side)];
    canvas.addEventListener("pointerdown", (event) => {
      const [row, column] = at(event);
      drawing = (fitted(state.image, network.shape)[row] || [])[column] ? "rub" : "ink";
      paint(row, column);
    });
    canvas.addEventListener("pointermove", (event) => drawing && event.buttons && paint(...at(event)));
  }
  window.addEventListener("pointerup", () => {
    if (drawing) say();
    drawing = false;
  });
  x.canvas.addEventListener("pointerdown", (event) => {
    const cell = x.cellAt(event);
    if (!cell) return;
    const [[top], [left]] = layer().padding, at = [cell[0] - top, cell[1] - left];
    drawing = (state.image[at[0]] || [])[at[1]] ? "rub" : "ink";
    paint(...at);
  });
  x.canvas.addEventListener("pointermove", (event) => {
    const cell = drawing && event.buttons && x.cellAt(event);
    if (cell) paint(cell[0] - layer().padding[0][0], cell[1] - layer().padding[1][0]);
  });
  y.choosable((cell) => {
    state.cell = cell;
    draw();
    say();
  });

  const say = () => changed(structuredClone(state));
  const set = (name, to) => {
    state[name] = to;
    marked = null;
    draw();
    say();
  };

  // The controls.
  const field = (label, control) => h("label", {}, h("span", { textContent: t(label) }), control);
  const choose = (label, options, chosen, then) => {
    const control = h("select", { onchange: () => then(control.value) });
    for (const [key, text] of options) control.append(h("option", { value: key, textContent: t(text), selected: key === chosen }));
    return field(label, control);
  };
  const number = (label, read, write, least, up = 16) => {
    const control = h("input", { type: "number", min: least, max: up, step: 1, value: read(), onchange: () => {
      const to = Math.min(Math.max(Math.round(control.valueAsNumber) || least, least), up);
      control.value = to;
      write(to);
    } });
    return field(label, control);
  };
  const pair = (label, name, least, up) =>
    h("fieldset", {}, h("legend", { textContent: t(label) }),
      ...["rows", "columns"].map((axis, i) =>
        number(axis, () => (Array.isArray(state[name][i]) ? state[name][i][0] : state[name][i]), (to) => {
          const both = [...state[name]];
          both[i] = to;
          set(name, both);
        }, least, up)));

  function showWeights() {
    weights.replaceChildren();
    state.kernel.forEach((row, a) => {
      const line = h("tr");
      row.forEach((weight, b) => {
        const control = h("input", { type: "number", step: "any", value: Math.round(weight * 1e6) / 1e6, "aria-label": t("weight in row {row}, column {column}", { row: a + 1, column: b + 1 }), onchange: () => {
          state.kernel[a][b] = control.valueAsNumber || 0;
          draw();
          say();
        } });
        line.append(h("td", {}, control));
      });
      weights.append(line);
    });
  }
  const kernelSize = (axis, label) => number(label, () => shapeOf(state.kernel)[axis], (to) => {
    const [rows, columns] = shapeOf(state.kernel).map((n, i) => (i === axis ? to : n));
    state.kernel = fitted(state.kernel, [rows, columns]);
    showWeights();
    set("kernel", state.kernel);
  }, 1, 7);

  const controls = h("form", { className: "controls", onsubmit: (event) => event.preventDefault() });
  function showControls() {
    const is = state.operation, plain = is === "relu" || is === "network";
    const drawn = pictures.find(([name]) => name === state.picture);
    controls.replaceChildren(
      choose("Layer", [["conv", "convolution"], ["max", "max pooling"], ["mean", "average pooling"], ["relu", "ReLU"], ["network", "small network"]], is, (to) => {
        state.operation = to;
        if (to === "max" || to === "mean") state.stride = [...state.window];
        showControls();
        set("operation", to);
      }),
      choose("Picture", [...(drawn ? [] : [["", "as given"]]), ...pictures.map(([name]) => [name, name])], state.picture, (to) => {
        state.picture = to;
        set("image", structuredClone(to ? pictures.find(([name]) => name === to)[1] : given.state.image));
      }),
      h("button", { type: "button", textContent: t("Empty the picture"), onclick: () => set("image", state.image.map((row) => row.map(() => 0))) }),
      ...(is === "conv" ? [
        choose("Kernel", [["", "own"], ...kernels.map(([name]) => [name, name])], state.name, (to) => {
          state.name = to;
          if (to) state.kernel = structuredClone(kernels.find(([name]) => name === to)[1]);
          showControls();
          showWeights();
          set("kernel", state.kernel);
        }),
        h("fieldset", {}, h("legend", { textContent: t("Kernel size") }), kernelSize(0, "rows"), kernelSize(1, "columns")),
      ] : []),
      ...(plain ? [] : [
        ...(is === "conv" ? [] : [pair("Window", "window", 1, 8)]),
        pair("Stride", "stride", 1, 8),
        pair("Padding", "padding", 0, 8),
        ...(is === "conv" ? [choose("Added cells", Object.keys(BORDER).map((mode) => [mode, mode]), state.padding_mode, (to) => set("padding_mode", to))] : []),
        pair("Dilation", "dilation", 1, 4),
      ]),
    );
  }

  root.classList.add("explore");
  for (const [name, color] of Object.entries(colors)) root.style.setProperty(`--${name}`, color);
  root.replaceChildren(controls, trouble, pictureBox, layersBox, sum);
  showControls();
  showWeights();
  draw();
}
