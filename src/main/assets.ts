import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Hono } from 'hono';
import { sha256 } from '../platform/crypto/index.ts';
import { buildName, projectPath } from '../platform/env/project.ts';
import type { Env } from '../surfaces/request.ts';

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  txt: 'text/plain; charset=utf-8',
};

type Asset = {
  readonly type: string;
  readonly version: string;
  readonly plain: Buffer;
  /** Text as it goes over the line; made when first asked for. Undefined for what is compressed already. */
  readonly compressed: () => { readonly gzip: Buffer; readonly brotli: Buffer } | undefined;
};

/** Files of packages that pages load, by the name under which they are served. */
const ofPackages: readonly (readonly [name: string, file: string])[] = [
  ['js/turbo.js', 'node_modules/@hotwired/turbo/dist/turbo.es2017-esm.js'],
];

/** The files of src/assets that pages link to, and those that packages bring; read once at start. */
export function loadAssets(): ReadonlyMap<string, Asset> {
  const own = globSync('{css,js,fonts,img}/**/*', { cwd: projectPath('src/assets') }).map(
    (name) => [name, projectPath('src/assets', name)] as const,
  );
  const all = new Map([...own, ...ofPackages.map(([name, file]) => [name, projectPath(file)] as const)]);
  return new Map(
    [...all]
      .filter(([name]) => extension(name) in types)
      .map(([name, file]) => [name.split('\\').join('/'), read(name, file)]),
  );
}

/** A name of this build: another one as soon as code, style or script differ. */
export const buildVersion = (assets: ReadonlyMap<string, Asset>): string =>
  sha256([buildName(), ...[...assets.values()].map((asset) => asset.version)].join(' '))
    .toString('base64url')
    .slice(0, 12);

const extension = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function read(name: string, file: string): Asset {
  const plain = readFileSync(join(file));
  const text = /^(css|js|svg|txt)$/.test(extension(name));
  return {
    type: types[extension(name)] as string,
    version: sha256(plain).toString('base64url').slice(0, 10),
    plain,
    compressed: text ? once(() => compress(plain)) : () => undefined,
  };
}

const compress = (plain: Buffer): { gzip: Buffer; brotli: Buffer } => ({
  gzip: gzipSync(plain, { level: 9 }),
  brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
});

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Compresses all of them now: for a process that serves pages, so that no visitor waits. Workers and commands need it never. */
export function compressAssets(assets: ReadonlyMap<string, Asset>): void {
  for (const asset of assets.values()) asset.compressed();
}

/** Address with the version of the bytes: browsers keep a file for a year and fetch a changed one at once. */
export const assetAddress =
  (assets: ReadonlyMap<string, Asset>) =>
  (name: string): string => {
    const version = assets.get(name)?.version;
    return version === undefined ? `/assets/${name}` : `/assets/${name}?v=${version}`;
  };

/** Serves the assets; unknown names are 404. */
export function serveAssets(app: Hono<Env>, assets: ReadonlyMap<string, Asset>): void {
  app.get('/assets/:path{.+}', (c) => {
    const asset = assets.get(c.req.param('path'));
    if (asset === undefined) return c.notFound();
    const accepted = c.req.header('accept-encoding') ?? '';
    const wanted = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined;
    const compressed = wanted === undefined ? undefined : asset.compressed();
    const encoding = compressed === undefined ? undefined : wanted;
    const body = encoding === 'br' ? compressed?.brotli : encoding === 'gzip' ? compressed?.gzip : asset.plain;
    const fresh = c.req.query('v') === asset.version;
    return c.body(new Uint8Array(body as Buffer), 200, {
      'Content-Type': asset.type,
      Vary: 'Accept-Encoding',
      'Cache-Control': fresh ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      ...(encoding === undefined ? {} : { 'Content-Encoding': encoding }),
    });
  });
}
