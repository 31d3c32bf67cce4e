import type { InputIo } from '../../lib/cli/input/files';
import { run } from '../../lib/cli/run';
import type { Glyphs } from '../../lib/diagnostics/glyphs';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command on files that are only in memory; `-` is standard input. */
export async function portolan(
  argv: readonly string[],
  files: Readonly<Record<string, string>> = {},
  io: Partial<InputIo> & { readonly debug?: boolean; readonly glyphs?: Glyphs } = {},
): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const { debug = false, glyphs, ...override } = io;
  const code = await run(argv, {
    stdout: async (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    files: { ...inMemory(files), ...override },
    glyphs,
    debug,
  });
  return { code, stdout, stderr };
}

function inMemory(files: Readonly<Record<string, string>>): InputIo {
  const textOf = (path: string) => {
    if (Object.hasOwn(files, path)) return files[path];
    throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT', syscall: 'open' });
  };
  return {
    typeOf: (path) => (textOf(path) === undefined ? 'folder' : 'file'),
    list: () => [],
    readFile: textOf,
    readStdin: () => textOf('-'),
  };
}

/** A shop of three: `api` may reach `db`, `web` may send to any pod of the shop, nobody restricts `api`. */
export const SHOP = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    deployment('web'),
    deployment('api', 'http', 8080),
    deployment('db', 'sql', 5432),
    service('db', 5432, 'sql'),
    policy('db-clients', {
      podSelector: { matchLabels: { app: 'db' } },
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'api' } } }], ports: [{ port: 5432 }] }],
    }),
    policy('web-to-any', {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ podSelector: {} }] }],
    }),
  ],
});

export function deployment(name: string, port?: string, containerPort?: number): object {
  const ports = port === undefined ? [] : [{ name: port, containerPort }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'main', image: 'x', ports }] } },
    },
  };
}

export function policy(name: string, spec: object): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'shop' }, spec };
}

function service(name: string, port: number, targetPort: string): object {
  const metadata = { name, namespace: 'shop' };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: { app: name }, ports: [{ port, targetPort }] },
  };
}
