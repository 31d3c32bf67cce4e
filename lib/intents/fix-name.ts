import type { PodGroup } from '../model/cluster/workload';
import { namesOf, serviceName } from '../model/dns/lookup';
import { absolute } from '../model/dns/name';
import type { ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause } from './finding';
import { isYaml, ownLabels, podsCode, policyYaml } from './fix-code';
import { forgetAlias } from './fix-dns-client';
import { leaveOut } from './fix-narrow';
import { renameAlias } from './fix-node-service';
import { meantBy } from './fix-target';
import { rewordPromise } from './fix-words';
import { freeName, inChartOf } from './free-id';
import type { Intent } from './intent';
import { nearNames } from './names';
import { newPolicy } from './new-resources';
import { refOfService } from './promise-code';
import { resolveEndpoint } from './resolve';
import { everySender } from './targets';

/**
 * DNS-02, DNS-22: the name of the Service that is meant, with what is missing of it or wrong about it. What servers outside the
 * cluster answer for the name as it stands nobody knows, but for this one it is known.
 */
export function nameWhatThereIs(
  broken: Broken,
  didYouMean: string | undefined,
  context: FixContext,
): readonly Candidate[] {
  const { intent } = broken;
  if (intent.verb !== 'toResolve' || intent.negated) return [];
  const { name } = intent;
  const meant = [
    ...(didYouMean === undefined ? nearest(broken, name, context) : [didYouMean]),
    ...namesMeant(broken, context),
    ...inThisCluster(name, context),
    ...elsewhere(name, context),
  ];
  const others = [...new Set(meant)].filter((each) => each !== name);
  return others.flatMap((each) => rewordPromise(broken, 'use the name that there is', { ...intent, name: each }));
}

function nearest({ intent }: Broken, name: string, { network }: FixContext): readonly string[] {
  const namespaces = new Set(askersOf(intent, network).map(({ namespace }) => namespace.name));
  return [...namespaces].flatMap((namespace) => nearNames(name, namespace, network.cluster) ?? []);
}

function askersOf({ subject }: Intent, network: Network): readonly PodGroup[] {
  return subject.kind === 'url' ? [] : everySender(network, resolveEndpoint(subject, network.cluster));
}

/** The names of the Services behind which the promise wants to get, the shortest that will do. */
function namesMeant(broken: Broken, context: FixContext): readonly string[] {
  const { intent } = broken;
  const { cluster } = context.network;
  const to = meantBy(broken, context);
  if (!to || intent.verb !== 'toResolve') return [];
  const namespaces = new Set(askersOf(intent, context.network).map((pod) => pod.namespace.name));
  const ofPods = cluster.services.filter((service) =>
    to.pods.some((pod) => pod.workload.name === service.name && pod.namespace.name === service.namespace),
  );
  return [...new Set([...to.services, ...ofPods])].map((service) => {
    const isAtHome = namespaces.size === 1 && namespaces.has(service.namespace);
    return namesOf(service, cluster)[isAtHome ? 0 : 1];
  });
}

/** The cluster's own domain in place of another one. */
function inThisCluster(name: string, { network: { cluster } }: FixContext): readonly string[] {
  const [, own, domain] = /^([^.]+\.[^.]+\.svc)\.(.+?)\.?$/.exec(name) ?? [];
  const { clusterDomain } = cluster.profile;
  return own === undefined || domain === clusterDomain ? [] : [`${own}.${clusterDomain}`];
}

/** More namespaces than these nobody would look through. */
const MOST_NAMESAKES = 3;

/** A Service of another namespace by a name that is short. */
function elsewhere(name: string, { network: { cluster } }: FixContext): readonly string[] {
  if (name.includes('.')) return [];
  const namesakes = cluster.services.filter((service) => service.name === name);
  return namesakes.length > MOST_NAMESAKES ? [] : namesakes.map((service) => namesOf(service, cluster)[1]);
}

/** DNS-21 to DNS-24: what answers in place of what was meant, taken away or gone past. */
export function nameNobodyElse(
  broken: Broken,
  { name, leadsTo, wanted, by, search, isAlias }: Cause & { code: 'PTL503' },
  context: FixContext,
): readonly Candidate[] {
  const { intent } = broken;
  const reworded = (others: readonly string[]) =>
    intent.verb === 'toResolve'
      ? others.flatMap((other) => rewordPromise(broken, 'use the name of what you mean', { ...intent, name: other }))
      : [];
  if (by === 'hosts') return forgetAlias(broken, name, context);
  if (isAlias) return [renameAlias(leadsTo, wanted, context)];
  const past = search === undefined ? [] : [absolute(name)];
  return reworded([...namesMeant(broken, context), ...past, ...fullNames(broken, context)]);
}

function fullNames(broken: Broken, context: FixContext): readonly string[] {
  const services = meantBy(broken, context)?.services ?? [];
  return services.map((service) => absolute(serviceName(service, context.network.cluster)));
}

/** DNS-24, DNS-29: what the pod knows itself, else all of its lookups; or the promise that protects. */
export function hideTheName(
  broken: Broken,
  cause: Cause & { code: 'PTL504' },
  context: FixContext,
): readonly Candidate[] {
  if (cause.by === 'hosts') return forgetAlias(broken, cause.name, context);
  return [...closeLookups(broken, context), ...promiseReach(broken, cause, context)];
}

/** The rules that let the pod ask, and where no policy is about what it sends, one that lets nothing out. */
function closeLookups({ example }: Broken, { resources }: FixContext): readonly Candidate[] {
  const ways = (example?.hops ?? []).flatMap((hop) => (hop.hop === 'lookup' ? hop.ways : []));
  const rules = ways.filter(({ hop }) => hop === 'egress-policy').flatMap(({ decidedBy }) => decidedBy);
  const pod = example?.source;
  const own = pod && ownLabels(pod);
  if (rules.length > 0) return leaveOut(rules, resources);
  if (!pod || !own || pod.hostNetwork) return [];
  const home = { kind: 'NetworkPolicy', namespace: pod.namespace.name };
  const name = freeName(`${pod.workload.name}-sends-nothing`, home, resources);
  const about = { name, namespace: pod.namespace.name };
  const add = isYaml(pod.workload.origin)
    ? policyYaml(about, own, 'egress', [])
    : inChartOf(
        about.namespace,
        `new NetworkPolicy(this, '${name}', { appliesTo: ${podsCode(pod, own, about.namespace)}, allowTo: [] });`,
      );
  const made = newPolicy({ ...about, podSelector: own, egress: [] });
  return [{ fix: { summary: 'let the pod send nothing, lookups among it', add }, resources: [...resources, made] }];
}

/** A name without a way to what it leads to tells nobody more than that it is there. */
function promiseReach(
  broken: Broken,
  { leadsTo }: Cause & { code: 'PTL504' },
  context: FixContext,
): readonly Candidate[] {
  const { intent } = broken;
  const [, namespace, name] = /^Service ([^/]+)\/(\S+)$/.exec(leadsTo) ?? [];
  const service: ServiceResource | undefined = context.network.cluster
    .servicesIn(namespace ?? '')
    .find((each) => each.name === name);
  if (!service || intent.verb !== 'toResolve') return [];
  const { id, subject, because, severity, origin } = intent;
  const target = refOfService(service);
  return rewordPromise(broken, 'promise what protects: that it is out of reach', {
    ...{ id, subject, because, severity, origin },
    verb: 'toReach',
    negated: true,
    targets: [target],
  });
}
