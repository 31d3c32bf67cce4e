import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { clusterNetworkPolicy } from './cluster-network-policy';
import { coreDns } from './core-dns';
import { corpusParses } from './corpus-parses';
import { kubeProxy } from './kube-proxy';
import { liveServers } from './live-servers';
import { networkPolicyE2e } from './network-policy-e2e';
import { npGuard } from './np-guard';
import { resolvers } from './resolvers';
import type { Suite, SuiteResult } from './suite';

const SUITES: readonly Suite[] = [
  networkPolicyE2e,
  npGuard,
  clusterNetworkPolicy,
  coreDns,
  resolvers,
  kubeProxy,
  liveServers,
  corpusParses,
];

/** Compares the model with every suite of facts; 1 when it disagrees with any, or when one has nothing to agree with. */
async function main(): Promise<number> {
  const data = resolve(process.env.PORTOLAN_DATA ?? '../shared');
  if (!existsSync(join(data, 'corpus'))) {
    console.log(`conformance: skipped, as there is no corpus in ${data} (PORTOLAN_DATA names another folder)`);
    return 0;
  }
  const results: SuiteResult[] = [];
  for (const suite of SUITES) results.push(await suite(data));
  for (const line of report(results)) console.log(line);
  const isSound = ({ facts, disagreements, skipped }: SuiteResult) =>
    disagreements.length === 0 && (facts > 0 || skipped.length > 0);
  return results.some(({ facts }) => facts > 0) && results.every(isSound) ? 0 : 1;
}

function* report(results: readonly SuiteResult[]): Iterable<string> {
  const width = Math.max(...results.map(({ suite }) => suite.length));
  yield `${'suite'.padEnd(width)}  facts  agreeing  skipped`;
  for (const { suite, facts, agreeing, skipped } of results) {
    const reasons = [...new Set(skipped.map(({ because }) => because))].join('; ');
    const left = skipped.length === 0 ? '-' : `${skipped.length} (${reasons})`;
    yield `${suite.padEnd(width)}  ${String(facts).padStart(5)}  ${String(agreeing).padStart(8)}  ${left}`;
  }
  for (const { suite, disagreements, skipped } of results) {
    for (const { what, because } of skipped) yield `skipped   ${suite}: ${what}: ${because}`;
    for (const disagreement of disagreements) yield `disagrees ${suite}: ${disagreement}`;
  }
}

main().then((code) => {
  process.exitCode = code;
});
