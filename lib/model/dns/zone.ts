import type { Cluster } from '../cluster/cluster';
import { formatIp } from '../values/ip';
import { type Entry, type Found, findEntries, OTHERS_RULE } from './entries';
import { absolute, addressOfReverse, isSameName, isWithin, labelsBelow, reverseZoneOf } from './name';
import { nameServers } from './name-servers';
import { type Answer, addressType, type DnsRecord, type QueryType, type Upstream, unknownUpstream } from './record';
import { parseRequest } from './request';
import { findReverse } from './reverse';
import { serviceRecords } from './service-records';

/** DNS-09: so many names may follow one another before CoreDNS gives up. */
const LONGEST_CHAIN = 8;

/**
 * The cluster's DNS as CoreDNS answers it with kubeadm's configuration (DNS-01 to DNS-17): the zones of the cluster
 * domain and of reverse names, and everything else upstream. It holds what the manifests declare, and nothing that lives
 * elsewhere.
 */
export class Zone {
  private readonly known = new Map<string, Answer>();
  private readonly found = new Map<string, Found>();

  /** @param upstream who answers for all other names @default - nobody knows */
  constructor(
    private readonly cluster: Cluster,
    private readonly upstream: Upstream = unknownUpstream,
  ) {}

  /** The answer to one question; the name is taken as it is, with or without its last dot. */
  answer(name: string, type: QueryType): Answer {
    // Every resolver of every pod in a namespace asks for the same names.
    const key = `${type} ${name}`;
    const answer = this.known.get(key) ?? this.answerAnew(name, type);
    this.known.set(key, answer);
    return answer;
  }

  private answerAnew(name: string, type: QueryType): Answer {
    const asked = absolute(name);
    const domain = this.cluster.profile.clusterDomain;
    const zone = isWithin(asked, domain) ? domain : reverseZoneOf(asked);
    if (zone === undefined) return this.upstream(asked, type);
    const answer = this.within(zone, asked, type);
    if (answer.rcode !== 'NXDOMAIN' || zone === domain) return { ...answer, zone };
    // DNS-16: kubeadm passes on what it does not find among reverse names.
    const passedOn = this.upstream(asked, type);
    return passedOn.rcode === 'unknown' && this.isUnassigned(asked) ? { ...answer, zone } : passedOn;
  }

  /** DNS-04: an address for Services that no Service has; nobody outside has a name for it either. */
  private isUnassigned(name: string): boolean {
    const address = addressOfReverse(name);
    return address !== undefined && this.cluster.isWhole && this.cluster.profile.serviceCidr.has(address);
  }

  private within(zone: string, name: string, type: QueryType): Answer {
    const isApex = isSameName(name, zone);
    if (type === 'SOA') return { ...NODATA, answers: isApex ? [startOfAuthority(zone, name)] : [] };
    if (type === 'PTR' && reverseZoneOf(zone) && addressOfReverse(name)) return this.pointers(name);
    if (type === 'TXT') return this.text(zone, name);
    const below = labelsBelow(name, zone).join('.');
    if (below === 'ns.dns' && type !== 'PTR') return nameServers(this.cluster, name, type);
    if (type === 'NS' && isApex) return nameServers(this.cluster, name, type);
    const found = this.find(zone, name);
    if (found.exists !== true)
      return { rcode: found.exists ? 'unknown' : 'NXDOMAIN', answers: [], doubts: found.doubts };
    return this.records(name, type, found, []);
  }

  /** INVARIANT: a name is in one zone. It is looked for once for each type of record. */
  private find(zone: string, name: string): Found {
    const found = this.found.get(name) ?? this.findAnew(zone, name);
    this.found.set(name, found);
    return found;
  }

  private findAnew(zone: string, name: string): Found {
    const request = parseRequest(name, zone);
    const isReverse = reverseZoneOf(zone) !== undefined;
    // Services and pods have no names among the reverse ones, though `svc` and `pod` are there.
    const isTop = request.type === 'non-terminal' && request.namespace === undefined;
    if (isReverse && !isTop) return { exists: false, entries: [], doubts: [] };
    return findEntries(request, this.cluster);
  }

  private records(name: string, type: QueryType, found: Found, before: readonly string[]): Answer {
    const { entries, doubts } = found;
    if (type === 'SRV') return { ...NODATA, answers: serviceRecords(name, entries, this.cluster), doubts };
    if (type === 'CNAME') return { ...NODATA, answers: entries.slice(0, 1).flatMap((entry) => alias(name, entry)) };
    if (type !== 'A' && type !== 'AAAA') return NODATA;
    const [first] = entries;
    if (first?.type === 'alias') return this.follow(name, type, first, before);
    const wanted = entries.filter((e) => e.type === 'address').filter(({ family }) => addressType(family) === type);
    const [certain, open] = [isCertain, (entry: AddressEntry) => !isCertain(entry)].map((is) =>
      distinct(wanted.filter(is).map((entry) => address(name, entry))),
    );
    // A family that nobody chose yet leaves open whether there is a record, but not whether the name is there.
    if (open.length > 0) return { ...NODATA, answers: certain, possible: open, doubts };
    // Others may make more endpoints, of any family (SVC-02).
    return { ...NODATA, answers: certain, doubts: doubts.filter(({ rule }) => rule === OTHERS_RULE) };
  }

  /** DNS-09: a chain within the zone is followed to its end, and vanishes where it has none; one that leaves it does not. */
  private follow(
    name: string,
    type: 'A' | 'AAAA',
    entry: Entry & { type: 'alias' },
    before: readonly string[],
  ): Answer {
    const to = absolute(entry.to);
    const isLoop = isWithin(to, name) || before.includes(to) || before.length >= LONGEST_CHAIN;
    if (isLoop) return NODATA;
    const link: DnsRecord = { name, type: 'CNAME', data: to, target: { service: entry.service } };
    const domain = this.cluster.profile.clusterDomain;
    if (!isWithin(to, domain)) {
      const { answers, doubts } = this.answer(to, type);
      return { ...NODATA, answers: [link, ...answers], doubts };
    }
    const found = this.find(domain, to);
    if (found.exists === 'unknown') return { ...NODATA, doubts: found.doubts };
    if (!found.exists) return NODATA;
    const next = this.records(to, type, found, [...before, to]);
    const isEmpty = next.answers.length === 0 && next.possible === undefined;
    return isEmpty ? next : { ...next, answers: [link, ...next.answers] };
  }

  /** DNS-01: the version of the specification is the only text. Names without records of any type have none either. */
  private text(zone: string, name: string): Answer {
    if (labelsBelow(name, zone).join('.') === 'dns-version') {
      return { ...NODATA, answers: [{ name, type: 'TXT', data: '"1.1.0"' }] };
    }
    const { exists, entries, doubts } = this.find(zone, name);
    if (exists === 'unknown') return { rcode: 'unknown', answers: [], doubts };
    return entries.length > 0 ? NODATA : { ...NODATA, rcode: 'NXDOMAIN' };
  }

  private pointers(name: string): Answer {
    const { targets, doubts } = findReverse(addressOfReverse(name)!, this.cluster);
    const domain = this.cluster.profile.clusterDomain;
    const answers = targets.map(({ owner, target }): DnsRecord => {
      return { name, type: 'PTR', data: `${owner}.${domain}.`, target };
    });
    if (answers.length > 0) return { ...NODATA, answers: distinct(answers), doubts };
    return { rcode: doubts.length > 0 ? 'unknown' : 'NXDOMAIN', answers, doubts };
  }
}

const NODATA: Answer = { rcode: 'NOERROR', answers: [], doubts: [] };

type AddressEntry = Entry & { type: 'address' };

function isCertain({ isThere, isFamilyKnown }: AddressEntry): boolean {
  return isThere && isFamilyKnown;
}

function address(name: string, { family, target, address: ip }: AddressEntry): DnsRecord {
  return { name, type: addressType(family), data: ip && formatIp(ip), target };
}

function alias(name: string, entry: Entry): readonly DnsRecord[] {
  return entry.type === 'alias'
    ? [{ name, type: 'CNAME', data: absolute(entry.to), target: { service: entry.service } }]
    : [];
}

/** The serial is the time of the answer, for which 0 stands here. */
function startOfAuthority(zone: string, name: string): DnsRecord {
  return { name, type: 'SOA', data: `ns.dns.${zone}. hostmaster.${zone}. 0 7200 1800 86400 30` };
}

/** Each address once. Those that nobody knows yet are as many as there are endpoints. */
function distinct(records: readonly DnsRecord[]): readonly DnsRecord[] {
  const known = new Set<string>();
  return records.filter(({ data, target }) => {
    const key = data ?? (target?.pod ? undefined : 'the address of the Service');
    if (key === undefined) return true;
    return known.size < known.add(key).size;
  });
}
