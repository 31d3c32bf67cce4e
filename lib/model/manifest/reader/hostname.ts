import { parseIp } from '../../values/ip';
import { subdomain } from './names';
import { andThen, type Reader } from './reader';
import { text } from './scalars';

/** A host as routes match it: a name, or one with `*` in place of its first label. */
export function hostname(rules: { readonly address: string; readonly wildcard: string }): Reader<string> {
  return andThen(text, (host, place) => {
    const detail = { code: 'PTL014' as const, expected: 'a DNS name such as shop.example.com, or *.example.com' };
    if (parseIp(host).ok) return place.fault({ ...detail, problem: `${host} is an address`, rule: rules.address });
    if (!host.includes('*')) return subdomain(place);
    const isWildcard = host.startsWith('*.') && !host.includes('*', 1);
    if (!isWildcard) {
      const problem = `${JSON.stringify(host)} has a * that does not stand for its first label`;
      return place.fault({ ...detail, problem, rule: rules.wildcard });
    }
    const rest = subdomain(place.as(host.slice(2)));
    return rest === null ? rest : host;
  });
}
