import { bitsOf, formatCidr } from '../../values/cidr';
import type { FabricLintRule } from './rule';

/** What API servers take at most up to 1.33, which keep a bit for each address, and kubeadm with them: a million, of either family. */
const MOST_BITS = 20;

/** PTL313: ranges of Services that are larger than many an API server takes (SVC-32, NET-03). */
export const serviceRanges: FabricLintRule = ({ profile }) =>
  profile.written.serviceCidr.flatMap(({ cidr, field }) => {
    const most = bitsOf(cidr.family) - MOST_BITS;
    if (cidr.prefix >= most) return [];
    return [
      {
        code: 'PTL313',
        severity: 'warning',
        field,
        option: 'serviceCidr',
        got: formatCidr(cidr),
        expected: `a range of at most 2^${MOST_BITS} addresses: /${most} or longer`,
        rule: 'API servers up to 1.33 keep a bit for each address of a service range, and refuse one with more than 20 bits unless feature gates lift that; kubeadm checks the same (NET-03).',
      },
    ];
  });
