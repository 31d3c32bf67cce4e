import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { CniCapabilities } from '../../lib/model/cluster/cni/capabilities';
import { type CniSpec, capabilitiesOf } from '../../lib/model/cluster/cni/registry';

export const NETWORKS_PAGE = path.join(__dirname, '..', '..', 'docs', 'networks', 'README.md');

/** The networks of the table: each plugin as it comes, and with the options that change what becomes of policies. */
const COLUMNS: readonly (readonly [title: string, spec: CniSpec])[] = [
  ['conformant', { name: 'conformant' }],
  ['[Calico](calico.md)', { name: 'calico' }],
  ['[Cilium](cilium.md)', { name: 'cilium' }],
  ['[Flannel](flannel.md)', { name: 'flannel' }],
  ['Flannel with `netpol`', { name: 'flannel', netpol: true }],
  ['Canal', { name: 'flannel', canal: true }],
  ['[Weave Net](weave.md)', { name: 'weave' }],
  ['[kindnet](kindnet.md)', { name: 'kindnet' }],
];

type Row = readonly [title: string, cell: (can: CniCapabilities) => boolean | string];

/** A plugin that reads no NetworkPolicy does nothing of what they ask for. */
const ofPolicies =
  (answer: (can: CniCapabilities) => boolean | string): Row[1] =>
  (can) =>
    can.enforcesNetworkPolicy ? answer(can) : '–';

const HOST_NETWORK = { 'as-node': 'as their node', 'as-pod': 'as pods', unknown: 'unknown' } as const;

const ROWS: readonly Row[] = [
  ['NetworkPolicy, ingress and egress (NP-37)', (can) => can.enforcesNetworkPolicy],
  ['an ipBlock matches addresses of pods (NP-17)', ofPolicies((can) => can.ipBlockSelectsPods)],
  ['an ipBlock matches nodes (NP-29)', ofPolicies((can) => can.ipBlockSelectsNodes)],
  ['named ports (NP-21)', ofPolicies((can) => can.namedPorts || 'no: they void the policy')],
  ['`endPort` (NP-25)', ofPolicies((can) => can.endPort || 'no: the first port alone')],
  ['SCTP (NP-09)', ofPolicies((can) => can.sctp)],
  ['pods with `hostNetwork` count (NP-28)', ofPolicies((can) => HOST_NETWORK[can.hostNetworkPods])],
  ["a pod's own node is always let in (NP-30)", ofPolicies((can) => can.letsOwnNodeIn)],
  ['ClusterNetworkPolicy (NP-43)', (can) => can.clusterNetworkPolicy],
  ['AdminNetworkPolicy (NP-43)', (can) => can.adminNetworkPolicy],
  ['can encrypt between nodes', (can) => can.encryption],
  ['dual-stack', (can) => can.dualStack],
  ['maintained', (can) => (can.maintenance === 'archived' ? 'archived' : can.maintenance === 'active' || 'unknown')],
];

/** The page as it should be, its table made from the profiles. */
export function renderedNetworksPage(): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const table = [
    line(['', ...COLUMNS.map(([title]) => title)]),
    line(['---', ...COLUMNS.map(() => '---')]),
    ...ROWS.map(([title, cell]) => line([title, ...COLUMNS.map(([, spec]) => inWords(cell(capabilitiesOf(spec))))])),
  ].join('');
  const page = readFileSync(NETWORKS_PAGE, 'utf8');
  return page.replace(/(?<=^<!-- capabilities -->\n).*?(?=^<!-- end -->$)/ms, () => `\n${table}\n`);
}

function inWords(answer: boolean | string): string {
  return typeof answer === 'string' ? answer : answer ? 'yes' : 'no';
}
