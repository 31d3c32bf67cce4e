import { CidrSet } from '../../values/cidr-set';
import { LabelSelector } from '../../values/label-selector';
import { oneFieldOf } from '../reader/alternatives';
import { listOf } from '../reader/bounded';
import { cidr } from '../reader/network';
import { invalid, isObject } from '../reader/place';
import { andThen, distinct, object, type Reader, withDefault } from '../reader/reader';
import { text, textOf } from '../reader/scalars';
import type { ClusterPolicyPeer, SelectedPods } from '../resources';
import { labelSelector } from './labels';

export interface PeerReaders {
  /** Whom a policy is about. */
  readonly subject: Reader<SelectedPods>;
  readonly ingress: Reader<ClusterPolicyPeer>;
  readonly egress: Reader<ClusterPolicyPeer>;
}

/** @param kind whether the kind knows destinations by their domain names */
export function peerReaders(kind: { readonly domainNames: boolean }): PeerReaders {
  const podPeers = {
    namespaces: andThen(namespaces, (selected): ClusterPolicyPeer => ({ type: 'pods', ...selected })),
    pods: andThen(pods, (selected): ClusterPolicyPeer => ({ type: 'pods', ...selected })),
  };
  const egressPeers = {
    ...podPeers,
    networks,
    nodes: andThen(selector, (selector): ClusterPolicyPeer => ({ type: 'nodes', selector })),
    ...(kind.domainNames ? { domainNames } : {}),
  };
  return {
    subject: subjectOf({ namespaces, pods }),
    ingress: oneFieldOf({ noun: 'peer', readers: podPeers, unknown }),
    egress: oneFieldOf({ noun: 'peer', readers: egressPeers, unknown }),
  };
}

/**
 * A label of `null` is dropped from the selectors of custom resources, which then select more; in those of Kubernetes' own
 * kinds it is the empty value. Nobody means the one or the other.
 */
const selector: Reader<LabelSelector> = (place) => {
  const written = place.at('matchLabels');
  const labels = isObject(written.value) ? written.value : {};
  const nulls = Object.keys(labels).filter((key) => labels[key] === null);
  for (const key of nulls) {
    written.at(key).fault({ code: 'PTL002', problem: 'the label has no value', expected: 'text, empty if need be' });
  }
  const read = labelSelector(place);
  return nulls.length > 0 ? invalid : read;
};

const namespaces: Reader<SelectedPods> = andThen(selector, (namespaceSelector) => ({
  namespaceSelector,
  podSelector: LabelSelector.everything,
}));

/** The schema asks for podSelector at least; the API's own types take what is absent for empty, and so do authors. */
const selectorOrAll = withDefault(selector, LabelSelector.everything);
const pods: Reader<SelectedPods> = object({ namespaceSelector: selectorOrAll, podSelector: selectorOrAll });

/** Whom a later version of the API may mean nobody knows here. */
function subjectOf(readers: Readonly<Record<string, Reader<SelectedPods>>>): Reader<SelectedPods> {
  return andThen(
    oneFieldOf<SelectedPods | undefined>({ noun: 'subject', readers, unknown: () => undefined }),
    (selected, place) =>
      selected ??
      place.fault({
        code: 'PTL015',
        problem: 'the subject is of a sort that is not known',
        expected: 'namespaces or pods',
      }),
  );
}

function unknown(keys: readonly string[]): ClusterPolicyPeer {
  return { type: 'unknown', keys };
}

/** The most networks, or domain names, in one peer. */
const MOST = 25;

/** The API keeps these lists as sets, in the author's own words. */
function setOf<T>(item: Reader<T>, wordsOf: (item: T) => string): Reader<readonly T[]> {
  return distinct(listOf(item, 1, MOST), (each) => JSON.stringify(wordsOf(each)));
}

const network = andThen(text, (words, place) => {
  const block = cidr(place);
  return block === invalid ? invalid : { words, block };
});

const networks: Reader<ClusterPolicyPeer> = andThen(
  setOf(network, ({ words }) => words),
  (blocks) => ({
    type: 'networks',
    cidrs: blocks.map(({ words }) => words),
    addresses: CidrSet.of(...blocks.map(({ block }) => block)),
  }),
);

const DOMAIN_NAME = /^(\*\.)?([a-z0-9]([-a-z0-9_]*[a-z0-9])?\.)+[a-z0-9]([-a-z0-9_]*[a-z0-9])?\.?$/i;

const domainName = textOf(
  (name) => (DOMAIN_NAME.test(name) ? undefined : `${JSON.stringify(name)} is not a domain name`),
  {
    code: 'PTL014',
    expected: 'a name of two parts at least such as example.com, or *.example.com for all names below it',
  },
);

/** In lower case and without the dot at the end, as names are compared. */
const domainNames: Reader<ClusterPolicyPeer> = andThen(
  setOf(domainName, (name) => name),
  (names) => ({ type: 'domainNames', names: names.map((name) => name.toLowerCase().replace(/\.$/, '')) }),
);
