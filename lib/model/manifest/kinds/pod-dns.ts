import { listOf } from '../reader/bounded';
import { subdomain } from '../reader/names';
import { address } from '../reader/network';
import type { Place } from '../reader/place';
import { andThen, list, optional, part, type Reader } from '../reader/reader';
import { text } from '../reader/scalars';
import type { DnsConfig, HostAlias, PodTemplate } from '../resources';

/** DNS-24. */
export const hostAlias: Reader<HostAlias> = part({ ip: address, hostnames: list(subdomain) });

const MOST_NAMESERVERS = 3;
const MOST_SEARCHES = 32;
const LONGEST_SEARCH_LINE = 2048;

/** A domain with or without its last dot, the root itself, and names of other worlds with `_` in them. */
const search: Reader<string> = andThen(text, (domain, place) => {
  if (domain === '.') return domain;
  const plain = subdomain(place.as(domain.replace(/\.$/, '').replaceAll('_', 'x')));
  return plain === null ? plain : domain;
});

/** DNS-20. */
const searches: Reader<readonly string[]> = andThen(listOf(search, 0, MOST_SEARCHES), (domains, place) => {
  const { length } = domains.join(' ');
  if (length <= LONGEST_SEARCH_LINE) return domains;
  const problem = `the domains make a line of ${length} characters`;
  return place.fault({ code: 'PTL004', problem, expected: `at most ${LONGEST_SEARCH_LINE}`, rule: 'DNS-20' });
});

const option: Reader<DnsConfig['options'][number]> = andThen(
  part({ name: text, value: optional(text) }),
  (option, place) =>
    option.name === ''
      ? place.at('name').fault({ code: 'PTL003', problem: 'the option has no name', expected: 'a name such as ndots' })
      : option,
);

export const dnsConfig: Reader<DnsConfig> = part({
  nameservers: listOf(address, 0, MOST_NAMESERVERS),
  searches,
  options: list(option),
});

/** DNS-20: with policy None a pod has what its own configuration gives, and without a server it could ask nobody. */
export function hasNameserver(
  { dnsPolicy, dnsConfig }: Pick<PodTemplate, 'dnsPolicy' | 'dnsConfig'>,
  spec: Place,
): boolean {
  if (dnsPolicy !== 'None' || (dnsConfig && dnsConfig.nameservers.length > 0)) return true;
  spec.at('dnsConfig').at('nameservers').fault({
    code: 'PTL003',
    problem: 'a pod with dnsPolicy None has no nameserver',
    expected: 'at least one nameserver',
    rule: 'DNS-20',
  });
  return false;
}
