import type { PodGroup } from '../cluster/workload';
import type { ServiceResource } from '../manifest/resources';
import type { IpFamily } from '../values/ip';
import type { Doubt } from '../values/ternary';

/** The types of records that the cluster's zone can be asked for by name; all others have no answer there. */
export const QUERY_TYPES = [
  'A',
  'AAAA',
  'ANY',
  'CNAME',
  'HTTPS',
  'MX',
  'NS',
  'PTR',
  'SOA',
  'SRV',
  'SVCB',
  'TXT',
] as const;

export type QueryType = (typeof QUERY_TYPES)[number];

/** NOERROR without an answer is what is called NODATA: the name is there, but no record of this type. */
export type Rcode = 'NOERROR' | 'NXDOMAIN';

/** What an address or an alias in an answer is of. */
export interface RecordTarget {
  readonly service: ServiceResource;
  /** The endpoint itself, where the address is a pod's own and a declared pod has it. */
  readonly pod?: PodGroup;
}

export interface DnsRecord {
  /** The owner, absolute, in the letters of the question. */
  readonly name: string;
  readonly type: QueryType;
  /**
   * As CoreDNS prints it: an address, a name with its last dot, `priority weight port target`, a quoted text.
   * `undefined` for an address that Kubernetes is yet to choose.
   */
  readonly data: string | undefined;
  /** What has the address, for records that lead to something in the cluster. */
  readonly target?: RecordTarget;
}

/** What a DNS server answers. */
export interface Answer {
  /** `unknown` where nothing that is declared tells whether the name is there. */
  readonly rcode: Rcode | 'unknown';
  /** Those that are surely there, in no order. */
  readonly answers: readonly DnsRecord[];
  /** Those that may be there. @default - none */
  readonly possible?: readonly DnsRecord[];
  /** The zone that answers, without its last dot; `undefined` for names that go upstream. */
  readonly zone?: string;
  /** What leaves open the rcode or, where the rcode is known, which records there are. */
  readonly doubts: readonly Doubt[];
}

/** Servers outside the cluster's zone. */
export type Upstream = (name: string, type: QueryType) => Answer;

/** Nothing that is declared tells what other servers say. */
export const unknownUpstream: Upstream = (name) => ({
  rcode: 'unknown',
  answers: [],
  doubts: [{ rule: 'DNS-16', wouldDecide: `what the servers outside the cluster answer for ${name}` }],
});

/** The type of address records of a family. */
export function addressType(family: IpFamily): 'A' | 'AAAA' {
  return family === 4 ? 'A' : 'AAAA';
}
