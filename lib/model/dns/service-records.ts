import type { Cluster } from '../cluster/cluster';
import type { Entry } from './entries';
import type { DnsRecord } from './record';

/**
 * DNS-03, DNS-07: a record for each port and name. CoreDNS divides the weight among all that it found, those without a
 * port and those of a second address family included, and leaves out doubles afterwards.
 */
export function serviceRecords(name: string, entries: readonly Entry[], cluster: Cluster): readonly DnsRecord[] {
  const addresses = ofChosenFamilies(entries.filter((entry) => entry.type === 'address'));
  const weight = Math.max(1, Math.floor(100 / addresses.length));
  const records = new Map<string, DnsRecord>();
  for (const { owner, port, target, address } of addresses) {
    if (port === -1) continue;
    const data = `0 ${weight} ${port} ${owner}.${cluster.profile.clusterDomain}.`;
    const isNamed = !owner.startsWith('<');
    records.set(`${data} ${isNamed ? '' : (address ?? records.size)}`, {
      name,
      type: 'SRV',
      data: isNamed ? data : undefined,
      target,
    });
  }
  return [...records.values()];
}

type AddressEntry = Entry & { readonly type: 'address' };

/** SVC-27: those of the families that it surely has; while nobody chose one of several, it has one as good as any other. */
function ofChosenFamilies(addresses: readonly AddressEntry[]): readonly AddressEntry[] {
  const chosen = addresses.filter(({ isFamilyKnown }) => isFamilyKnown);
  return chosen.length > 0 ? chosen : addresses.filter(({ family }) => family === addresses[0].family);
}
