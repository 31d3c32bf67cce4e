import { type Command, Option } from 'commander';
import { titleOf } from '../model/cluster/cni/registry';
import type { PortClient } from '../model/cluster/component-ports';
import type { ClusterProfile } from '../model/cluster/profile';
import { type FirewallRow, firewallTable } from '../model/fabric/firewall-table';
import type { Io } from './io';
import type { CommonOptions } from './options';
import { deliver } from './output';
import { readProfile } from './profile';
import { Faults } from './refusal';

interface FirewallOptions extends Pick<CommonOptions, 'cluster' | 'output'> {
  readonly o: keyof typeof FORMATS;
}

const FORMATS = { text, json, markdown };

/** `portolan firewall --cluster FILE`: which ports of nodes a cluster needs, from whom, and why (NET-01, NET-11). */
export function addFirewall(program: Command, io: Io): void {
  program
    .command('firewall')
    .description('Which ports of nodes a cluster needs, from whom and what for: for whoever guards the nodes.')
    .option('--cluster <name|file>', 'what the cluster itself does: a network plugin, or a YAML file')
    .addOption(new Option('-o <format>', 'what to print').choices(Object.keys(FORMATS)).default('text'))
    .option('--output <file>', 'write the answer to a file')
    .action(async (options: FirewallOptions) => {
      const faults = new Faults();
      const profile = readProfile(options.cluster, options, io.files, faults);
      faults.refuse();
      await deliver(FORMATS[options.o](profile), options.output, io);
    });
}

const NODES: Readonly<Record<FirewallRow['nodes'], string>> = {
  all: 'all',
  'control-plane': 'control plane',
  worker: 'workers',
};
const CLIENTS: Readonly<Record<PortClient, string>> = {
  'api-clients': 'clients of the API',
  'bgp-peers': 'BGP peers',
  'control-plane': 'control plane',
  'load-balancers': 'load balancers',
  'node-port-clients': 'clients of node ports',
  nodes: 'nodes',
  pods: 'pods',
};
const HEAD = ['nodes', 'protocol', 'port', 'from', 'what for'];

function cellsOf({ nodes, over, from, purpose, rule }: FirewallRow): readonly string[] {
  const [protocol, port] = 'ipProtocol' in over ? [`IP ${over.ipProtocol}`, '-'] : [over.protocol, portsText(over)];
  const senders = from.map((client) => CLIENTS[client]).join(', ') || 'nobody but the node itself';
  return [NODES[nodes], protocol, port, senders, `${purpose} (${rule})`];
}

function portsText({ first, last }: { readonly first: number; readonly last: number }): string {
  return first === last ? String(first) : `${first}-${last}`;
}

function text(profile: ClusterProfile): readonly string[] {
  const rows = [HEAD, ...firewallTable(profile).map(cellsOf)];
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => (i === HEAD.length - 1 ? cell : cell.padEnd(widths[i]))).join('  '));
}

function markdown(profile: ClusterProfile): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [HEAD, HEAD.map(() => '---'), ...firewallTable(profile).map(cellsOf)].map(line);
}

function json(profile: ClusterProfile): readonly string[] {
  const ports = firewallTable(profile).map(({ nodes, over, from, purpose, rule }) => {
    const of = 'ipProtocol' in over ? over : { protocol: over.protocol, ports: portsText(over) };
    return { nodes, ...of, from, purpose, rule };
  });
  return [JSON.stringify({ plugin: titleOf(profile.cni), ports }, null, 2)];
}
