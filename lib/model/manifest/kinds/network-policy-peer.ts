import { type Cidr, CidrSet, formatCidr } from '../../values/cidr-set';
import { cidr } from '../reader/network';
import { invalid, isObject, ownField, type Place } from '../reader/place';
import { andThen, both, list, mapped, object, optional, plain, type Reader } from '../reader/reader';
import { text } from '../reader/scalars';
import type { NetworkPolicyPeer } from '../resources';
import { labelSelector } from './labels';

type Fields = Readonly<Record<string, unknown>>;
type IpBlock = Extract<NetworkPolicyPeer, { type: 'ipBlock' }>;

/** A CIDR with the author's own words for it. */
const written = andThen(text, (words, place) => {
  const block = cidr(place);
  return block === invalid ? invalid : { words, block };
});

const ipBlock: Reader<IpBlock> = andThen(
  object({ cidr: written, except: list(written) }),
  ({ cidr, except }, place) => {
    const strays = except.filter((each, index) => !isStrictPart(each.block, cidr.block, place.at('except').at(index)));
    return strays.length > 0
      ? invalid
      : {
          type: 'ipBlock',
          cidr: cidr.words,
          except: except.map(({ words }) => words),
          // NP-15: `except` narrows this block and denies nothing.
          addresses: CidrSet.of(cidr.block).minus(CidrSet.of(...except.map(({ block }) => block))),
        };
  },
);

const parts = object({
  podSelector: optional(labelSelector),
  namespaceSelector: optional(labelSelector),
  ipBlock: optional(ipBlock),
});

/** Apart from what the fields hold, so that a fault in one does not hide that the peer is misformed. */
const oneForm = plain<object>(
  (given) => (isObject(given) && hasOneForm(given) ? {} : invalid),
  (place) => {
    const given = place.value ?? {};
    if (!isObject(given) || hasOneForm(given)) return {};
    const hasBlock = isGiven(given, 'ipBlock');
    return place.fault({
      code: 'PTL011',
      problem: hasBlock ? 'ipBlock stands beside a selector in one peer' : 'the peer is empty',
      expected: 'podSelector, namespaceSelector or both of them, or ipBlock alone',
      rule: 'NP-12',
    });
  },
);

/** NP-12: one form or the other; in the first, both selectors together mean pods that match both (NP-10). */
export const networkPolicyPeer: Reader<NetworkPolicyPeer> = mapped(
  both(parts, oneForm),
  ({ podSelector, namespaceSelector, ipBlock }) => ipBlock ?? { type: 'pods', namespaceSelector, podSelector },
);

function hasOneForm(peer: Fields): boolean {
  return (isGiven(peer, 'podSelector') || isGiven(peer, 'namespaceSelector')) !== isGiven(peer, 'ipBlock');
}

function isGiven(peer: Fields, field: string): boolean {
  return (ownField(peer, field) ?? null) !== null;
}

/** NP-16: contained, and longer in its prefix. */
function isStrictPart(part: Cidr, whole: Cidr, place: Place): boolean {
  const strict = part.prefix > whole.prefix && CidrSet.of(whole).covers(CidrSet.of(part));
  if (!strict) {
    place.fault({
      code: 'PTL006',
      problem: `${formatCidr(part)} is not a strict part of ${formatCidr(whole)}`,
      expected: `a smaller block within ${formatCidr(whole)}`,
      rule: 'NP-16',
    });
  }
  return strict;
}
