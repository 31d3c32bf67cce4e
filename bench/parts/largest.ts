import { inChild } from '../harness/in-child';
import { type Budget, printTable } from '../harness/print';

const PROMISES = 1_000;

/** The largest cluster that Kubernetes supports: it must load and answer in seconds. */
export async function benchLargest(): Promise<readonly Budget[]> {
  const result = await inChild('analysis', {
    shape: { workloads: 12_000, nodes: 5_000, pods: 150_000 },
    profile: { cni: 'calico', podCidr: '10.0.0.0/8', serviceCidr: '172.16.0.0/16', nodeCidr: '192.168.0.0/16' },
    runs: 1,
    promises: PROMISES,
  });
  const { pods, objects, policies, parse, compile, mapping, check, kept, broken, peak } = result;
  printTable('The largest cluster that Kubernetes supports: 5,000 nodes, in ms of a first run', [
    {
      pods,
      objects,
      policies,
      parse: parse.first,
      compile: compile.first,
      map: mapping.first,
      '1,000 promises': check,
      kept,
      'not kept': broken,
      'peak MB': peak,
    },
  ]);
  return [{ work: '150,000 pods load and answer 1,000 promises', measured: check, limit: 10_000, unit: 'ms' }];
}
