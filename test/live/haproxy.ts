import type { RoutingTable } from './routing-table';
import type { Recipe } from './server';

/** HAProxy as haproxytech/kubernetes-ingress configures it, one frontend for each table. */
export function haproxyFor(tables: readonly RoutingTable[]): Recipe {
  return {
    ports: tables.length,
    files: (folder, ports) => ({
      'haproxy.cfg': configuration(tables, folder, ports),
      ...Object.fromEntries(tables.flatMap((table, i) => Object.entries(mapsOf(table, i)))),
    }),
    arguments: (folder) => ['-db', '-f', `${folder}/haproxy.cfg`],
  };
}

function configuration(tables: readonly RoutingTable[], folder: string, ports: readonly number[]): string {
  const backends = [...new Set(tables.flat().map(({ backend }) => backend))];
  return `
global
  maxconn 200
  nbthread 1
defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  default_backend none
${tables.map((_, i) => frontend(i, folder, ports[i])).join('\n')}
backend none
  http-request return status 404
${backends.map((name) => `backend ${name}\n  http-request return status 200 content-type text/plain string ${name}`).join('\n')}
`;
}

function frontend(i: number, folder: string, port: number): string {
  const unless = (name: string) => `if !{ var(txn.${name}) -m found }`;
  const address = 'var(txn.host_match),concat(,txn.path,)';
  return `
frontend table${i}
  bind 127.0.0.1:${port}
  http-request set-var(txn.path) path
  http-request set-var(txn.host) req.hdr(Host),field(1,:),lower
  http-request set-var(txn.host_match) var(txn.host),map(${folder}/host-${i}.map)
  http-request set-var(txn.host_match) var(txn.host),regsub(^[^.]*,,),map(${folder}/host-${i}.map,'') ${unless('host_match')}
  http-request set-var(txn.path_match) ${address},map(${folder}/path-exact-${i}.map)
  http-request set-var(txn.path_match) ${address},map(${folder}/path-prefix-exact-${i}.map) ${unless('path_match')}
  http-request set-var(txn.path_match) ${address},map_beg(${folder}/path-prefix-${i}.map) ${unless('path_match')}
  use_backend %[var(txn.path_match),field(1,.)] if { var(txn.path_match) -m found }`;
}

/** A wildcard host stands there without its star, as what is left of a host without its first label. */
function mapsOf(table: RoutingTable, i: number): Readonly<Record<string, string>> {
  const lines = { host: [], 'path-exact': [], 'path-prefix-exact': [], 'path-prefix': [] } as Record<string, string[]>;
  for (const { host = '', path, pathType, backend } of table) {
    const key = host.replace('*', '');
    if (key) lines.host.push(`${key} ${key}`);
    const trimmed = path.replace(/\/$/, '');
    if (pathType === 'Exact') lines['path-exact'].push(`${key}${path} ${backend}`);
    else if (trimmed) lines['path-prefix-exact'].push(`${key}${trimmed} ${backend}`);
    if (pathType === 'Prefix') lines['path-prefix'].push(`${key}${trimmed}/ ${backend}`);
  }
  return Object.fromEntries(Object.entries(lines).map(([name, of]) => [`${name}-${i}.map`, `${of.join('\n')}\n`]));
}
