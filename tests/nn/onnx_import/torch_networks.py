"""Small networks of every kind that people export, written for PyTorch."""

import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812

conv = nn.Conv2d
S = nn.Sequential


class Made(nn.Module):
    """A network whose way forward is one function of the input and its layers."""

    def __init__(self, forward, *layers):
        super().__init__()
        self.way = forward
        self.inner = nn.ModuleList(layers)

    def forward(self, x):
        return self.way(x, *self.inner)


def unit(i, o, k=3, act=nn.ReLU, **options):
    return S(conv(i, o, k, padding=k // 2, bias=False, **options), nn.BatchNorm2d(o), act())


def head(channels, classes=5):
    return S(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(), nn.Linear(channels, classes))


def residual(i, o, stride=1):
    body = S(unit(i, o, stride=stride), conv(o, o, 3, padding=1, bias=False), nn.BatchNorm2d(o))
    way = S(conv(i, o, 1, stride=stride, bias=False), nn.BatchNorm2d(o)) if i != o or stride > 1 else nn.Identity()
    return Made(lambda x, body, way: F.relu(body(x) + way(x)), body, way)


def squeeze(channels, gate=nn.Sigmoid):
    ways = conv(channels, channels // 4, 1), conv(channels // 4, channels, 1), gate()
    return Made(lambda x, a, b, g: x * g(b(F.relu(a(F.adaptive_avg_pool2d(x, 1))))), *ways)


def inverted(i, o, stride=1, act=nn.ReLU6, gate=None):
    layers = [unit(i, 4 * i, 1, act), unit(4 * i, 4 * i, 3, act, stride=stride, groups=4 * i)]
    layers += [squeeze(4 * i, gate)] if gate else []
    body = S(*layers, conv(4 * i, o, 1, bias=False), nn.BatchNorm2d(o))
    return Made(lambda x, body: x + body(x), body) if i == o and stride == 1 else body


def inception(i):
    ways = unit(i, 4, 1), S(unit(i, 4, 1), unit(4, 6)), S(unit(i, 2, 1), unit(2, 4, 5)), unit(i, 3, 1)
    return Made(
        lambda x, a, b, c, d: torch.cat([a(x), b(x), c(x), d(F.max_pool2d(x, 3, 1, 1))], 1),
        *ways,
    )


def dense_block(i, grow, count):
    layers = [unit(i + grow * n, grow) for n in range(count)]

    def way(x, *layers):
        for layer in layers:
            x = torch.cat([x, layer(x)], 1)
        return x

    return Made(way, *layers)


def dense_all(i, grow, count):
    layers = [unit(i + grow * n, grow) for n in range(count)]

    def way(x, *layers):
        seen = [x]
        for layer in layers:
            seen.append(layer(torch.cat(seen, 1)))
        return torch.cat(seen, 1)

    return Made(way, *layers)


def shuffled(x, groups=2):
    n, c, h, w = x.shape
    return x.view(n, groups, c // groups, h, w).transpose(1, 2).reshape(n, c, h, w)


def shuffle_unit(c):
    right = S(unit(c // 2, c // 2, 1), conv(c // 2, c // 2, 3, padding=1, groups=c // 2), unit(c // 2, c // 2, 1))

    def way(x, right):
        a, b = x.chunk(2, 1)
        return shuffled(torch.cat([a, right(b)], 1))

    return Made(way, right)


def unet(mode):
    def up(x, layer, like):
        if mode == "transposed":
            return layer(x)
        options = {} if mode == "nearest" else {"align_corners": mode == "aligned"}
        name = "nearest" if mode == "nearest" else "bilinear"
        return F.interpolate(x, size=like.shape[2:], mode=name, **options)

    more = 0 if mode == "transposed" else 1
    layers = [unit(3, 4), unit(4, 8), unit(8, 16), nn.ConvTranspose2d(16, 8, 2, 2), unit(16 + 8 * more, 8)]
    layers += [nn.ConvTranspose2d(8, 4, 2, 2), unit(8 + 4 * more, 4), conv(4, 2, 1)]

    def way(x, one, two, low, up2, back2, up1, back1, out):
        a = one(x)
        b = two(F.max_pool2d(a, 2))
        c = low(F.max_pool2d(b, 2))
        c = back2(torch.cat([up(c, up2, b), b], 1))
        return out(back1(torch.cat([up(c, up1, a), a], 1)))

    return Made(way, *layers)


def convnext(c):
    layers = conv(c, c, 7, padding=3, groups=c), nn.LayerNorm(c), nn.Linear(c, 4 * c), nn.Linear(4 * c, c)

    def way(x, spread, norm, wide, back):
        return x + 0.3 * back(F.gelu(wide(norm(spread(x).permute(0, 2, 3, 1))))).permute(0, 3, 1, 2)

    return Made(way, *layers)


def attention(c):
    layers = conv(c, 2, 1), conv(c, 2, 1), conv(c, c, 1)

    def way(x, q, k, v):
        n, c, h, w = x.shape
        shares = torch.softmax(q(x).flatten(2).transpose(1, 2) @ k(x).flatten(2), -1)
        return x + (shares @ v(x).flatten(2).transpose(1, 2)).transpose(1, 2).reshape(n, c, h, w)

    return Made(way, *layers)


def looked(c):
    def way(x, layer):
        return x * torch.sigmoid(layer(torch.cat([x.mean(1, keepdim=True), x.amax(1, keepdim=True)], 1)))

    return Made(way, conv(2, 1, 7, padding=3))


CURVES = (
    *(nn.LeakyReLU(0.2), nn.ELU(0.7), nn.GELU(), nn.GELU("tanh"), nn.Hardswish(), nn.Hardsigmoid(), nn.PReLU(6)),
    *(nn.ReLU6(), nn.SELU(), nn.SiLU(), nn.Mish(), nn.Softplus(), nn.Softsign(), nn.Hardtanh(-0.5, 0.5), nn.Tanh()),
)
MEAN, STD = (torch.tensor(each).view(1, 3, 1, 1) for each in ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)))

PICTURE = (3, 16, 16)
NETWORKS = {
    "mlp": (lambda: S(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)), (1, 8, 8)),
    "lenet": (
        lambda: S(
            *(conv(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), conv(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2)),
            *(nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 10), nn.LogSoftmax(1)),
        ),
        (1, 28, 28),
    ),
    "alexnet": (
        lambda: S(
            *(conv(3, 8, 5, 2), nn.ReLU(), nn.LocalResponseNorm(3), nn.MaxPool2d(3, 2), conv(8, 12, 3, groups=2)),
            *(nn.ReLU(), nn.Flatten(), nn.Dropout(), nn.Linear(72, 5)),
        ),
        (3, 24, 28),
    ),
    "vgg": (lambda: S(unit(3, 8), unit(8, 8), nn.MaxPool2d(2), unit(8, 16), nn.MaxPool2d(2), head(16)), PICTURE),
    "googlenet": (
        lambda: S(unit(3, 6), nn.MaxPool2d(3, 2, ceil_mode=True), inception(6), inception(17), head(17)),
        PICTURE,
    ),
    "resnet": (lambda: S(unit(3, 8), residual(8, 8), residual(8, 16, 2), residual(16, 16), head(16)), PICTURE),
    "resnet before activation": (
        lambda: Made(lambda x, s, n, a: s(x) + a(F.relu(n(s(x)))), conv(3, 6, 3), nn.BatchNorm2d(6), unit(6, 6)),
        PICTURE,
    ),
    "resnet with padded channels": (
        lambda: Made(
            lambda x, s, a: F.relu(a(s(x)) + F.pad(s(x)[:, :, ::2, ::2], (0, 0, 0, 0, 4, 4))),
            unit(3, 8),
            unit(8, 16, stride=2),
        ),
        PICTURE,
    ),
    "resnext": (lambda: S(unit(3, 8), Made(lambda x, b: F.relu(x + b(x)), unit(8, 8, groups=4)), head(8)), PICTURE),
    "squeeze and excitation": (lambda: S(unit(3, 8), squeeze(8), head(8)), PICTURE),
    "squeezed by dense layers": (
        lambda: Made(
            lambda x, s, a, b: s(x) * torch.sigmoid(b(F.relu(a(s(x).mean((2, 3))))))[:, :, None, None],
            *(unit(3, 8), nn.Linear(8, 4), nn.Linear(4, 8)),
        ),
        PICTURE,
    ),
    "looked at": (lambda: S(unit(3, 8), looked(8), head(8)), PICTURE),
    "densenet": (lambda: S(unit(3, 4), dense_block(4, 4, 3), unit(16, 8, 1), nn.AvgPool2d(2), head(8)), PICTURE),
    "densenet at once": (lambda: S(unit(3, 4), dense_all(4, 4, 3), head(16)), PICTURE),
    "squeezenet": (
        lambda: S(
            unit(3, 8, stride=2),
            Made(
                lambda x, s, a, b: torch.cat([a(s(x)), b(s(x))], 1),
                unit(8, 4, 1),
                unit(4, 8, 1),
                unit(4, 8),
            ),
            *(conv(16, 5, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()),
        ),
        PICTURE,
    ),
    "mobilenet v1": (lambda: S(unit(3, 8), unit(8, 8, groups=8), unit(8, 16, 1), head(16)), PICTURE),
    "mobilenet v2": (lambda: S(unit(3, 8, act=nn.ReLU6), inverted(8, 8), inverted(8, 12, 2), head(12)), PICTURE),
    "mobilenet v3": (
        lambda: S(unit(3, 8, act=nn.Hardswish), inverted(8, 8, 1, nn.Hardswish, nn.Hardsigmoid), head(8)),
        PICTURE,
    ),
    "efficientnet": (lambda: S(unit(3, 8, act=nn.SiLU), inverted(8, 8, 1, nn.SiLU, nn.Sigmoid), head(8)), PICTURE),
    "shufflenet": (lambda: S(unit(3, 8), shuffle_unit(8), shuffle_unit(8), head(8)), PICTURE),
    "convnext": (lambda: S(conv(3, 8, 4, 4), convnext(8), convnext(8), nn.AdaptiveAvgPool2d(1), nn.Flatten()), PICTURE),
    "cross stage": (
        lambda: Made(
            lambda x, a, b, c: c(torch.cat([a(x)[:, :4], b(a(x)[:, 4:])], 1)), unit(3, 8), unit(4, 4), head(8)
        ),
        PICTURE,
    ),
    "unet transposed": (lambda: unet("transposed"), PICTURE),
    "unet nearest": (lambda: unet("nearest"), PICTURE),
    "unet bilinear": (lambda: unet("bilinear"), PICTURE),
    "unet aligned": (lambda: unet("aligned"), PICTURE),
    "autoencoder": (
        lambda: S(
            *(conv(1, 4, 3, 2, 1), nn.ReLU(), conv(4, 8, 3, 2, 1), nn.ReLU()),
            *(nn.ConvTranspose2d(8, 4, 3, 2, 1, 1), nn.ReLU(), nn.ConvTranspose2d(4, 1, 4, 2, 1), nn.Sigmoid()),
        ),
        (1, 16, 16),
    ),
    "pyramid": (
        lambda: Made(
            lambda x, a, b, la, lb: la(a(x)) + F.interpolate(lb(b(a(x))), scale_factor=2),
            *(unit(3, 4, stride=2), unit(4, 8, stride=2), conv(4, 4, 1), conv(8, 4, 1)),
        ),
        PICTURE,
    ),
    "atrous": (
        lambda: Made(
            lambda x, a, b, c: torch.cat(
                [a(x), b(x), F.interpolate(c(F.adaptive_avg_pool2d(x, 1)), size=x.shape[2:], mode="bilinear")], 1
            ),
            *(conv(3, 4, 3, padding=2, dilation=2), conv(3, 4, 3, padding=4, dilation=4), conv(3, 4, 1)),
        ),
        PICTURE,
    ),
    "finer by pixels": (lambda: S(conv(3, 12, 3), nn.PixelShuffle(2), conv(3, 4, 3), nn.PixelUnshuffle(2)), PICTURE),
    "curves": (lambda: S(conv(3, 6, 3), *(part for curve in CURVES for part in (curve, nn.BatchNorm2d(6)))), (3, 6, 6)),
    "norms": (
        lambda: S(
            *(conv(3, 8, 3), nn.InstanceNorm2d(8, affine=True), conv(8, 8, 3), nn.GroupNorm(4, 8), conv(8, 8, 3)),
            *(nn.LayerNorm([8, 6, 6]), nn.GroupNorm(1, 8), nn.LocalResponseNorm(3, alpha=0.5)),
        ),
        (3, 12, 12),
    ),
    "borders": (
        lambda: S(
            *(nn.ReflectionPad2d(2), conv(3, 4, 3), nn.ReplicationPad2d((1, 2, 0, 1)), nn.ZeroPad2d((0, 1, 2, 0))),
            *(conv(4, 4, 3, padding=1, padding_mode="reflect"), nn.ConstantPad2d(1, 0.5), nn.CircularPad2d(1)),
        ),
        (3, 9, 10),
    ),
    "poolings": (
        lambda: S(
            *(conv(3, 4, 3), nn.MaxPool2d(3, 2, 1, ceil_mode=True), nn.AvgPool2d(2, 1, 1, count_include_pad=False)),
            *(nn.AvgPool2d(3, 2, 1, ceil_mode=True), nn.AdaptiveMaxPool2d(1), nn.Flatten()),
        ),
        (3, 13, 14),
    ),
    "other sizes": (
        lambda: Made(
            lambda x, a: F.interpolate(
                F.interpolate(a(x), size=(17, 9), mode="bilinear"), scale_factor=1.7, mode="bicubic"
            ),
            conv(3, 4, 3),
        ),
        (3, 8, 8),
    ),
    "attention": (lambda: S(unit(3, 4), attention(4), head(4)), (3, 6, 6)),
    "gate of two": (
        lambda: Made(
            lambda x, a, b, c: x * torch.sigmoid(c(F.relu(a(x) + b(x)))), conv(3, 4, 1), conv(3, 4, 1), conv(4, 1, 1)
        ),
        (3, 8, 8),
    ),
    "greatest of two": (lambda: Made(lambda x, a: torch.maximum(*a(x).chunk(2, 1)), conv(3, 8, 3)), (3, 8, 8)),
    "gated linear": (lambda: Made(lambda x, a: F.glu(a(x), 1), conv(3, 8, 3)), (3, 8, 8)),
    "standardized by hand": (
        lambda: Made(
            lambda x, a: (a(x) - a(x).mean((2, 3), keepdim=True)) / (a(x).var((2, 3), keepdim=True) + 1e-5).sqrt(),
            conv(3, 4, 3),
        ),
        (3, 8, 8),
    ),
    "normalized inside": (lambda: Made(lambda x, a: a((x - MEAN.to(x)) / STD.to(x)), conv(3, 4, 3)), (3, 8, 8)),
    "lengths": (lambda: Made(lambda x, a: a(x).pow(2).sum(1, keepdim=True).sqrt(), conv(3, 4, 3)), (3, 8, 8)),
    "lengths of 1": (
        lambda: Made(
            lambda x, a, b: F.linear(F.normalize(a(x).mean((2, 3))), F.normalize(b.weight)),
            conv(3, 8, 3),
            nn.Linear(8, 5),
        ),
        (3, 8, 8),
    ),
    "windows as columns": (
        lambda: Made(lambda x, a: a(F.unfold(x, 4, stride=4).transpose(1, 2)).mean(1), nn.Linear(48, 5)),
        (3, 12, 12),
    ),
    "viewed": (
        lambda: Made(lambda x, a, b: F.softmax(b(a(x).view(x.size(0), -1)), 1), conv(3, 4, 3), nn.Linear(144, 4)),
        (3, 8, 8),
    ),
    "one number": (
        lambda: Made(lambda x, a: torch.sigmoid(a(x).mean((2, 3))).squeeze(1), conv(3, 1, 3)),
        (3, 8, 8),
    ),
    "two answers": (
        lambda: Made(lambda x, s, a, b: (a(s(x)).mean((2, 3)), b(s(x))), unit(3, 4), conv(4, 5, 3), conv(4, 2, 1)),
        (3, 8, 8),
    ),
    "sequence": (
        lambda: S(
            *(nn.Conv1d(2, 8, 5, 2, 2), nn.BatchNorm1d(8), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(8, 8, 3, groups=2)),
            *(nn.AvgPool1d(3, 1, 1), nn.ConvTranspose1d(8, 4, 3, 2, 1, 1), nn.AdaptiveAvgPool1d(1), nn.Flatten()),
        ),
        (2, 40),
    ),
    "waves": (
        lambda: Made(
            lambda x, s, f, g, o: o(torch.tanh(f(s(x))) * torch.sigmoid(g(s(x))) + s(x)),
            *(nn.Conv1d(1, 4, 1), *(nn.Conv1d(4, 4, 3, padding=2, dilation=2) for _ in "fg"), nn.Conv1d(4, 2, 1)),
        ),
        (1, 30),
    ),
    "volume": (
        lambda: S(
            *(nn.Conv3d(1, 4, 3, padding=1), nn.BatchNorm3d(4), nn.ReLU(), nn.MaxPool3d((1, 2, 2))),
            *(nn.Conv3d(4, 4, (3, 1, 2)), nn.AvgPool3d(2), nn.ConvTranspose3d(4, 2, 2, 2), nn.AdaptiveAvgPool3d(1)),
            *(nn.Flatten(), nn.Linear(2, 3)),
        ),
        (1, 6, 10, 10),
    ),
}
