import { CidrSet } from '../../values/cidr-set';
import { LabelSelector } from '../../values/label-selector';
import { oneFieldOf } from '../reader/alternatives';
import { listOf } from '../reader/bounded';
import { cidr } from '../reader/network';
import { invalid } from '../reader/place';
import { object, type Reader, then, withDefault } from '../reader/reader';
import { text, textOf } from '../reader/scalars';
import type { ClusterPolicyPeer, SelectedPods } from '../resources';
import { labelSelector } from './labels';

/** An absent selector is an empty one, as the API's own types decode it. */
const selector = withDefault(labelSelector, LabelSelector.everything);

/** Pods of namespaces, or pods by labels in namespaces by theirs. */
const selections = {
  namespaces: then(
    labelSelector,
    (namespaceSelector): SelectedPods => ({ namespaceSelector, podSelector: LabelSelector.everything }),
  ),
  pods: object({ namespaceSelector: selector, podSelector: selector }),
};

/** Whom a policy is about; whom a later version of the API may mean nobody knows here. */
export const subject: Reader<SelectedPods> = then(
  oneFieldOf<SelectedPods | undefined>({ noun: 'subject', readers: selections, unknown: () => undefined }),
  (selected, place) =>
    selected ??
    place.fault({
      code: 'PTL015',
      problem: 'the subject is of a sort that is not known',
      expected: 'namespaces or pods',
    }),
);

const podPeers = {
  namespaces: then(selections.namespaces, (pods): ClusterPolicyPeer => ({ type: 'pods', ...pods })),
  pods: then(selections.pods, (pods): ClusterPolicyPeer => ({ type: 'pods', ...pods })),
};

export const ingressPeer: Reader<ClusterPolicyPeer> = oneFieldOf({ noun: 'peer', readers: podPeers, unknown });

/** @param most networks, or domain names, in one peer */
export function egressPeer(most: number): Reader<ClusterPolicyPeer> {
  const readers = {
    ...podPeers,
    networks: networks(most),
    nodes: then(labelSelector, (selector): ClusterPolicyPeer => ({ type: 'nodes', selector })),
    domainNames: then(listOf(domainName, 1, most), (names): ClusterPolicyPeer => ({ type: 'domainNames', names })),
  };
  return oneFieldOf({ noun: 'peer', readers, unknown });
}

function unknown(keys: readonly string[]): ClusterPolicyPeer {
  return { type: 'unknown', keys };
}

const written = then(text, (words, place) => {
  const block = cidr(place);
  return block === invalid ? invalid : { words, block };
});

function networks(most: number): Reader<ClusterPolicyPeer> {
  return then(listOf(written, 1, most), (blocks) => ({
    type: 'networks',
    cidrs: blocks.map(({ words }) => words),
    addresses: CidrSet.of(...blocks.map(({ block }) => block)),
  }));
}

const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([-a-z0-9_]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9_]*[a-z0-9])?\.?$/i;

/** In lower case and without the dot at the end, as names are compared. */
const domainName: Reader<string> = then(
  textOf((name) => (DOMAIN_NAME.test(name) ? undefined : `${JSON.stringify(name)} is not a domain name`), {
    code: 'PTL014',
    expected: 'a name of two parts at least such as example.com, or *.example.com for all names below it',
  }),
  (name) => name.toLowerCase().replace(/\.$/, ''),
);
