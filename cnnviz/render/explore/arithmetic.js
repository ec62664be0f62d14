// What one layer computes, for pictures of some thousand cells. Arrays are [channel][row][column]; a layer is
// {size, stride, padding: [[top, bottom], [left, right]], dilation, mode}.

const BORDER = {
  zeros: (i, n) => (i < 0 || i >= n ? -1 : i),
  replicate: (i, n) => Math.min(Math.max(i, 0), n - 1),
  reflect: (i, n) => {
    const j = n > 1 ? Math.abs(i % (2 * n - 2)) : 0;
    return j < n ? j : 2 * n - 2 - j;
  },
  circular: (i, n) => ((i % n) + n) % n,
};

export const outputSize = (n, axis, layer) => {
  const [before, after] = layer.padding[axis];
  const reach = layer.dilation[axis] * (layer.size[axis] - 1) + 1;
  return Math.floor((n + before + after - reach) / layer.stride[axis]) + 1;
};

// The cells under a window: where each stands, and which cell of the picture its number comes from (-1: none).
export function cells([rows, columns], layer, [row, column]) {
  const found = [];
  for (let a = 0; a < layer.size[0]; a++) {
    for (let b = 0; b < layer.size[1]; b++) {
      const at = [
        row * layer.stride[0] - layer.padding[0][0] + a * layer.dilation[0],
        column * layer.stride[1] - layer.padding[1][0] + b * layer.dilation[1],
      ];
      const from = [BORDER[layer.mode](at[0], rows), BORDER[layer.mode](at[1], columns)];
      found.push({ a, b, at, from, added: at[0] !== from[0] || at[1] !== from[1], none: from.includes(-1) });
    }
  }
  return found;
}

export const value = (map, cell) => (cell.none ? 0 : map[cell.from[0]][cell.from[1]]);

export const shapeOf = (map) => [map.length, map[0].length];

const table = (rows, columns, make) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => make(i, j)));

const overWindows = (map, layer, make) => {
  const [rows, columns] = shapeOf(map);
  return table(outputSize(rows, 0, layer), outputSize(columns, 1, layer), (i, j) =>
    make(cells([rows, columns], layer, [i, j])),
  );
};

export function conv(x, weight, bias, layer) {
  return weight.map((kernel, k) => {
    const sums = kernel.map((slice, c) =>
      overWindows(x[c], layer, (seen) => seen.reduce((sum, cell) => sum + value(x[c], cell) * slice[cell.a][cell.b], 0)),
    );
    const [rows, columns] = shapeOf(sums[0]);
    return table(rows, columns, (i, j) => sums.reduce((sum, map) => sum + map[i][j], bias[k]));
  });
}

// Added cells count as zeros in a mean, and never win a maximum.
export const POOL = {
  max: (map, seen) => Math.max(...seen.filter((cell) => !cell.none).map((cell) => value(map, cell))),
  mean: (map, seen) => seen.reduce((sum, cell) => sum + value(map, cell), 0) / seen.length,
};

export const pool = (x, kind, layer) => x.map((map) => overWindows(map, layer, (seen) => POOL[kind](map, seen)));

export const relu = (x) => x.map((map) => map.map((row) => row.map((number) => Math.max(number, 0))));

export const dense = (x, weight, bias) =>
  weight.map((row, k) => row.reduce((sum, factor, i) => sum + factor * x[i], bias[k]));

export function softmax(logits) {
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

// Every layer's output, the shares last.
export function forward(layers, x) {
  const made = [];
  for (const { kind, weight, bias, ...layer } of layers) {
    if (kind === "conv") x = conv(x, weight, bias, layer);
    else if (kind === "relu") x = relu(x);
    else if (kind === "max" || kind === "mean") x = pool(x, kind, layer);
    else if (kind === "flatten") x = x.flat(2);
    else x = dense(x, weight, bias);
    made.push(x);
  }
  return [...made, softmax(x)];
}
