import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SuiteResult, Tally } from './suite';

/** The conformance tests of ClusterNetworkPolicy. */
export async function clusterNetworkPolicy(data: string): Promise<SuiteResult> {
  const tally = new Tally('conformance tests of ClusterNetworkPolicy');
  const text = readFileSync(join(data, 'corpus', 'clusternetworkpolicy.json'), 'utf8');
  const { cases } = JSON.parse(text) as { readonly cases: readonly object[] };
  tally.skip(`${cases.length} policy sets`, 'waiting for ClusterNetworkPolicy');
  return tally.result;
}
