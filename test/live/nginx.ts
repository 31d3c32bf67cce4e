import { locationsOf } from './nginx-locations';
import { byHost, type RoutingTable } from './routing-table';
import type { Recipe } from './server';

/** nginx as ingress-nginx configures it, one port for each table and one for all backends. */
export function nginxFor(tables: readonly RoutingTable[]): Recipe {
  return {
    ports: tables.length + 1,
    files: (folder, ports) => ({ 'nginx.conf': configuration(tables, folder, ports) }),
    arguments: (folder) => ['-p', folder, '-c', `${folder}/nginx.conf`, '-e', 'stderr'],
  };
}

const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** A backend tells its name, and what it was asked for. */
function configuration(tables: readonly RoutingTable[], folder: string, ports: readonly number[]): string {
  const backends = `127.0.0.1:${ports[tables.length]}`;
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr emerg;
events { worker_connections 512; }
http {
  access_log off;
  keepalive_requests 1000000;
  server_names_hash_bucket_size 128;
${TEMPORARY.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
  upstream upstream_balancer { server ${backends}; keepalive 32; }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header X-Backend $proxy_upstream_name;
  server { listen ${backends}; return 200 "$http_x_backend $request_uri"; }
${tables.map((table, i) => servers(table, ports[i])).join('\n')}
}
`;
}

/** A server for each host; what none of them takes is for `_`, where the rules without a host are too. */
function servers(table: RoutingTable, port: number): string {
  const hosts = byHost(table);
  const own = [...hosts].filter(([host]) => host !== undefined);
  return [
    server(`listen 127.0.0.1:${port} default_server; server_name _;`, hosts.get(undefined) ?? []),
    ...own.map(([host, rules]) => server(`listen 127.0.0.1:${port}; server_name ${nameOf(host!)};`, rules)),
  ].join('\n');
}

/** A wildcard is a regular expression there, for the one label that it stands for. */
function nameOf(host: string): string {
  if (!host.startsWith('*.')) return host;
  return `"~^(?<subdomain>[\\w-]+)\\.${host.slice(2).replaceAll('.', '\\.')}$"`;
}

function server(head: string, rules: RoutingTable): string {
  const locations = locationsOf(rules).map(({ at, does }) => `    location ${at} { ${does} }`);
  return `  server {\n    ${head}\n${locations.join('\n')}\n  }`;
}
