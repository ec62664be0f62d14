"""The gallery of kernels as one table: name, title, caption (what it is for), source, weights.

The weights are written as a user would type them, and read by the same grammar.
"""

_SOBEL = "I. Sobel and G. Feldman, A 3×3 isotropic gradient operator for image processing, Stanford, 1968"
_PREWITT = "J. M. S. Prewitt, Object enhancement and extraction, 1970"
_SCHARR = "H. Scharr, Optimale Operatoren in der Digitalen Bildverarbeitung, Heidelberg, 2000"
_ROBERTS = "L. G. Roberts, Machine perception of three-dimensional solids, MIT, 1963"
_SMOOTHING = "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th ed., section 3.5"
_SHARPENING = "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th ed., section 3.6"
_LINES = "R. C. Gonzalez and R. E. Woods, Digital Image Processing, 4th ed., section 10.2"
_SZELISKI = "R. Szeliski, Computer Vision: Algorithms and Applications, 2nd ed., section 3.2"
_PYRAMID = "P. Burt and E. Adelson, The Laplacian pyramid as a compact image code, 1983"
_MARR = "D. Marr and E. Hildreth, Theory of edge detection, 1980"

TABLE = (
    (
        "identity",
        "Identity",
        "Copies every pixel: the one weight that counts is the center.",
        _SZELISKI,
        "0,0,0; 0,1,0; 0,0,0",
    ),
    (
        "edge-x",
        "Vertical edges",
        "Takes the right column from the left: where nothing changes across, it answers 0.",
        _PREWITT,
        "1,0,-1; 1,0,-1; 1,0,-1",
    ),
    (
        "edge-y",
        "Horizontal edges",
        "Takes the lower row from the upper: where nothing changes downward, it answers 0.",
        _PREWITT,
        "1,1,1; 0,0,0; -1,-1,-1",
    ),
    (
        "sobel-x",
        "Sobel-x",
        "Finds vertical edges: positive where it gets brighter to the right.",
        _SOBEL,
        "-1,0,1; -2,0,2; -1,0,1",
    ),
    (
        "sobel-y",
        "Sobel-y",
        "Finds horizontal edges: positive where it gets brighter downward.",
        _SOBEL,
        "-1,-2,-1; 0,0,0; 1,2,1",
    ),
    (
        "prewitt-x",
        "Prewitt-x",
        "Finds vertical edges, every row counting the same.",
        _PREWITT,
        "-1,0,1; -1,0,1; -1,0,1",
    ),
    (
        "prewitt-y",
        "Prewitt-y",
        "Finds horizontal edges, every column counting the same.",
        _PREWITT,
        "-1,-1,-1; 0,0,0; 1,1,1",
    ),
    (
        "scharr-x",
        "Scharr-x",
        "Finds vertical edges, with weights that treat slanted edges more evenly than Sobel's.",
        _SCHARR,
        "-3,0,3; -10,0,10; -3,0,3",
    ),
    (
        "scharr-y",
        "Scharr-y",
        "Finds horizontal edges, with weights that treat slanted edges more evenly than Sobel's.",
        _SCHARR,
        "-3,-10,-3; 0,0,0; 3,10,3",
    ),
    (
        "roberts",
        "Roberts cross",
        "Compares diagonal neighbors, falling to the right: the smallest edge finder.",
        _ROBERTS,
        "1,0; 0,-1",
    ),
    (
        "roberts-anti",
        "Roberts cross, other diagonal",
        "Compares diagonal neighbors, rising to the right.",
        _ROBERTS,
        "0,1; -1,0",
    ),
    (
        "box-blur",
        "Box blur",
        "Replaces each pixel by the average of its 3 × 3 neighborhood.",
        _SMOOTHING,
        "1/9,1/9,1/9; 1/9,1/9,1/9; 1/9,1/9,1/9",
    ),
    (
        "gaussian",
        "Gaussian blur",
        "Averages the neighborhood, the near pixels counting more.",
        _SMOOTHING,
        "1/16,2/16,1/16; 2/16,4/16,2/16; 1/16,2/16,1/16",
    ),
    (
        "gaussian-5",
        "Gaussian blur, 5 × 5",
        "Averages a wider neighborhood, with weights from 1 4 6 4 1 in both directions.",
        _PYRAMID,
        "1/256,4/256,6/256,4/256,1/256; 4/256,16/256,24/256,16/256,4/256; 6/256,24/256,36/256,24/256,6/256;"
        "4/256,16/256,24/256,16/256,4/256; 1/256,4/256,6/256,4/256,1/256",
    ),
    (
        "motion-blur",
        "Motion blur",
        "Averages along a diagonal, as if the camera had moved.",
        _SZELISKI,
        "1/5,0,0,0,0; 0,1/5,0,0,0; 0,0,1/5,0,0; 0,0,0,1/5,0; 0,0,0,0,1/5",
    ),
    (
        "sharpen",
        "Sharpen",
        "Adds to each pixel its difference from the four neighbors; flat areas stay as they are.",
        _SHARPENING,
        "0,-1,0; -1,5,-1; 0,-1,0",
    ),
    (
        "unsharp",
        "Unsharp mask",
        "Adds to each pixel its difference from a Gaussian blur: sharpens with less noise.",
        _SHARPENING,
        "-1/256,-4/256,-6/256,-4/256,-1/256; -4/256,-16/256,-24/256,-16/256,-4/256;"
        "-6/256,-24/256,476/256,-24/256,-6/256; -4/256,-16/256,-24/256,-16/256,-4/256;"
        "-1/256,-4/256,-6/256,-4/256,-1/256",
    ),
    (
        "high-pass",
        "High-pass",
        "Keeps the detail and drops the flat: four times the center minus its neighbors.",
        _SHARPENING,
        "0,-1,0; -1,4,-1; 0,-1,0",
    ),
    (
        "laplacian",
        "Laplacian",
        "Adds the second differences across and down: it changes sign at an edge.",
        _SHARPENING,
        "0,1,0; 1,-4,1; 0,1,0",
    ),
    (
        "laplacian-8",
        "Laplacian with diagonals",
        "Adds the second differences in four directions, the diagonals too.",
        _SHARPENING,
        "1,1,1; 1,-8,1; 1,1,1",
    ),
    (
        "outline",
        "Outline",
        "Lights up whatever differs from its eight neighbors.",
        _LINES,
        "-1,-1,-1; -1,8,-1; -1,-1,-1",
    ),
    (
        "log",
        "Laplacian of Gaussian",
        "Blurs and takes the Laplacian in one step, so that noise is not taken for edges.",
        _MARR,
        "0,0,-1,0,0; 0,-1,-2,-1,0; -1,-2,16,-2,-1; 0,-1,-2,-1,0; 0,0,-1,0,0",
    ),
    (
        "line-x",
        "Vertical lines",
        "Finds thin vertical lines: bright where the middle column beats both sides.",
        _LINES,
        "-1,2,-1; -1,2,-1; -1,2,-1",
    ),
    (
        "line-y",
        "Horizontal lines",
        "Finds thin horizontal lines: bright where the middle row beats both sides.",
        _LINES,
        "-1,-1,-1; 2,2,2; -1,-1,-1",
    ),
    (
        "emboss",
        "Emboss",
        "Lights the picture from the upper left, like a relief.",
        "The GIMP user manual, Convolution Matrix",
        "-2,-1,0; -1,1,1; 0,1,2",
    ),
    (
        "cross",
        "Diagonal cross",
        "Adds the center and the four corners: largest where the picture shows an X.",
        "Stanford UFLDL tutorial, Feature extraction using convolution",
        "1,0,1; 0,1,0; 1,0,1",
    ),
)
