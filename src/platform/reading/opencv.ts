import { createRequire } from 'node:module';

/** A picture or table in the memory of OpenCV; whoever makes one deletes it. */
export interface Mat {
  readonly rows: number;
  readonly cols: number;
  readonly data: Uint8Array;
  readonly data32S: Int32Array;
  readonly data32F: Float32Array;
  readonly data64F: Float64Array;
  roi(rect: { x: number; y: number; width: number; height: number }): Mat;
  empty(): boolean;
  delete(): void;
}
export interface MatVector {
  size(): number;
  get(index: number): Mat;
  delete(): void;
}
type Size = { readonly width: number; readonly height: number };

/** The functions of OpenCV that are used, by their names in its manual. */
export interface OpenCv {
  readonly Mat: new (rows?: number, cols?: number, type?: number) => Mat;
  readonly MatVector: new () => MatVector;
  readonly Size: new (width: number, height: number) => Size;
  readonly Scalar: new (...values: number[]) => unknown;
  readonly Point: new (x: number, y: number) => unknown;
  readonly Rect: new (
    x: number,
    y: number,
    width: number,
    height: number,
  ) => { x: number; y: number; width: number; height: number };
  readonly CV_8UC1: number;
  readonly CV_32FC1: number;
  readonly CV_32FC2: number;
  readonly CV_64FC1: number;
  readonly INTER_AREA: number;
  readonly INTER_LINEAR: number;
  readonly INTER_CUBIC: number;
  readonly BORDER_REPLICATE: number;
  readonly BORDER_CONSTANT: number;
  readonly MORPH_RECT: number;
  readonly THRESH_BINARY: number;
  readonly THRESH_BINARY_INV: number;
  readonly THRESH_OTSU: number;
  readonly ADAPTIVE_THRESH_GAUSSIAN_C: number;
  readonly RETR_EXTERNAL: number;
  readonly CHAIN_APPROX_SIMPLE: number;
  readonly RANSAC: number;
  readonly TM_CCOEFF_NORMED: number;
  matFromArray(rows: number, cols: number, type: number, data: ArrayLike<number>): Mat;
  resize(from: Mat, to: Mat, size: Size, fx: number, fy: number, how: number): void;
  dilate(from: Mat, to: Mat, kernel: Mat): void;
  erode(from: Mat, to: Mat, kernel: Mat): void;
  getStructuringElement(shape: number, size: Size): Mat;
  medianBlur(from: Mat, to: Mat, size: number): void;
  GaussianBlur(from: Mat, to: Mat, size: Size, sigma: number): void;
  divide(a: Mat, b: Mat, to: Mat, scale: number): void;
  addWeighted(a: Mat, alpha: number, b: Mat, beta: number, gamma: number, to: Mat): void;
  threshold(from: Mat, to: Mat, limit: number, value: number, kind: number): number;
  adaptiveThreshold(from: Mat, to: Mat, value: number, method: number, kind: number, block: number, c: number): void;
  findContours(picture: Mat, contours: MatVector, hierarchy: Mat, mode: number, method: number): void;
  contourArea(contour: Mat): number;
  boundingRect(contour: Mat): { x: number; y: number; width: number; height: number };
  arcLength(contour: Mat, closed: boolean): number;
  approxPolyDP(contour: Mat, to: Mat, epsilon: number, closed: boolean): void;
  convexHull(contour: Mat, to: Mat): void;
  getPerspectiveTransform(from: Mat, to: Mat): Mat;
  warpPerspective(from: Mat, to: Mat, matrix: Mat, size: Size, how: number, border: number, value?: unknown): void;
  getRotationMatrix2D(center: unknown, angle: number, scale: number): Mat;
  warpAffine(from: Mat, to: Mat, matrix: Mat, size: Size, how: number, border: number, value?: unknown): void;
  rotate(from: Mat, to: Mat, code: number): void;
  findHomography(from: Mat, to: Mat, method: number, threshold: number, mask: Mat): Mat;
  matchTemplate(picture: Mat, template: Mat, result: Mat, method: number): void;
  minMaxLoc(result: Mat): { maxVal: number; maxLoc: { x: number; y: number } };
  mean(picture: Mat): number[];
}

let loading: Promise<{ readonly cv: OpenCv }> | undefined;

/**
 * OpenCV, loaded once in this process (half a second, 130 MB). It comes in a box, because the library looks like a promise of
 * itself: awaiting it directly would never end.
 */
export function loadOpenCv(): Promise<{ readonly cv: OpenCv }> {
  loading ??= new Promise((resolve) => {
    const loaded = createRequire(import.meta.url)('@techstark/opencv-js') as OpenCv & {
      onRuntimeInitialized?: () => void;
    };
    if (typeof loaded.Mat === 'function') resolve({ cv: loaded });
    else loaded.onRuntimeInitialized = () => resolve({ cv: loaded });
  });
  return loading;
}

/**
 * A copy of a grey picture that shares nothing with it; the caller deletes it. The library's own `clone` only makes another handle of
 * the same picture. `from` is whole, not a part of another one.
 */
export function copyOf(cv: OpenCv, from: Mat): Mat {
  const copy = new cv.Mat(from.rows, from.cols, cv.CV_8UC1);
  copy.data.set(from.data);
  return copy;
}

/** Runs `work` and deletes every matrix it asked to keep for so long. */
export function withMats<T>(work: (keep: <M extends { delete(): void }>(mat: M) => M) => T): T {
  const kept: { delete(): void }[] = [];
  try {
    return work((mat) => {
      kept.push(mat);
      return mat;
    });
  } finally {
    for (const mat of kept) mat.delete();
  }
}
