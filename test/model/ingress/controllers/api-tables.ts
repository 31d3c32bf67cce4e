import type { PathSpec } from '../lab';

/** What a request is answered with: the name of a Service, or a status. */
export interface Row {
  readonly paths: readonly PathSpec[];
  readonly request: string;
  readonly answer: string | 404;
  /** Where rules leave something, the default backend that takes it. */
  readonly defaultBackend?: string;
}

const exact = (path: string): PathSpec => ({ path, type: 'Exact', to: nameOf(path) });
const prefix = (path: string): PathSpec => ({ path, type: 'Prefix', to: nameOf(path) });

/** Kubernetes, concepts/services-networking/ingress.md, "Examples" of path types: all rows but the mixed ones (ING-09). */
export const PATH_TABLE: readonly Row[] = [
  { paths: [prefix('/')], request: '/anything/at/all', answer: 'root' },
  { paths: [exact('/foo')], request: '/foo', answer: 'foo' },
  { paths: [exact('/foo')], request: '/bar', answer: 404 },
  { paths: [exact('/foo')], request: '/foo/', answer: 404 },
  { paths: [exact('/foo/')], request: '/foo', answer: 404 },
  { paths: [prefix('/foo')], request: '/foo', answer: 'foo' },
  { paths: [prefix('/foo')], request: '/foo/', answer: 'foo' },
  { paths: [prefix('/foo/')], request: '/foo', answer: 'foo-slash' },
  { paths: [prefix('/foo/')], request: '/foo/', answer: 'foo-slash' },
  { paths: [prefix('/aaa/bb')], request: '/aaa/bbb', answer: 404 },
  { paths: [prefix('/aaa/bbb')], request: '/aaa/bbb', answer: 'aaa-bbb' },
  { paths: [prefix('/aaa/bbb/')], request: '/aaa/bbb', answer: 'aaa-bbb-slash' },
  { paths: [prefix('/aaa/bbb')], request: '/aaa/bbb/', answer: 'aaa-bbb' },
  { paths: [prefix('/aaa/bbb')], request: '/aaa/bbb/ccc', answer: 'aaa-bbb' },
  { paths: [prefix('/aaa/bbb')], request: '/aaa/bbbxyz', answer: 404 },
  { paths: [prefix('/'), prefix('/aaa')], request: '/aaa/ccc', answer: 'aaa' },
  { paths: [prefix('/'), prefix('/aaa'), prefix('/aaa/bbb')], request: '/aaa/bbb', answer: 'aaa-bbb' },
  { paths: [prefix('/'), prefix('/aaa'), prefix('/aaa/bbb')], request: '/ccc', answer: 'root' },
  { paths: [prefix('/aaa')], request: '/ccc', answer: 'fallback', defaultBackend: 'fallback' },
  {
    paths: [prefix('/foo'), { path: '/foo', type: 'Exact', to: 'foo-exact' }],
    request: '/foo',
    answer: 'foo-exact',
  },
];

/** The same page, "Hostname wildcards" (ING-02). */
export const HOST_TABLE: readonly { readonly host: string; readonly request: string; readonly matches: boolean }[] = [
  { host: '*.foo.com', request: 'bar.foo.com', matches: true },
  { host: '*.foo.com', request: 'baz.bar.foo.com', matches: false },
  { host: '*.foo.com', request: 'foo.com', matches: false },
];

function nameOf(path: string): string {
  const words = path.split('/').filter((word) => word !== '');
  if (words.length === 0) return 'root';
  return [...words, ...(path.endsWith('/') ? ['slash'] : [])].join('-');
}
