import type { FieldPath } from '../../finding/origin';
import { blame } from '../../manifest/blame';
import { groupBy } from '../../values/group-by';
import type { DnsLintRule } from './context';

/** PTL533: a pod on its node's network names Services, which the node's resolver does not know (DNS-19). */
export const namesOnHostNetwork: DnsLintRule = ({ places }) => {
  const missed = places.filter(
    ({ pod, inCluster, resolution }) =>
      pod.hostNetwork &&
      pod.dnsPolicy === 'ClusterFirst' &&
      inCluster.targets.length > 0 &&
      resolution.result !== 'found',
  );
  return [...groupBy(missed, ({ resource }) => resource)].map(([resource, named]) => {
    const field = [...specOf(named[0].field), 'hostNetwork'];
    const hosts = [...new Set(named.map(({ host }) => host))];
    return { code: 'PTL533', severity: 'warning', ...blame(resource, field), hosts };
  });
};

/** The pod's `spec`, in which the container stands. */
function specOf(field: FieldPath): FieldPath {
  return field.slice(
    0,
    field.findIndex((step) => step === 'containers' || step === 'initContainers'),
  );
}
