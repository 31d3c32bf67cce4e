import type {
  ClusterPolicyPeer,
  ClusterPolicyResource,
  EndpointSliceResource,
  EndpointsResource,
  GatewayResource,
  IngressClassResource,
  IngressResource,
  NetworkPolicyPeer,
  NetworkPolicyResource,
  Resource,
  SecretResource,
  ServiceResource,
  UnmodelledResource,
} from '../manifest/resources';
import { CidrSet } from '../values/cidr-set';
import { append, groupBy } from '../values/group-by';
import type { IpFamily } from '../values/ip';
import { AddressBook } from './address-book';
import { assumedDnsPods } from './assumed-dns';
import { assumedProxy, isPodOf } from './assumed-ingress-controllers';
import { describePods } from './describe-pods';
import { type GatewayObjects, gatewayObjectsOf } from './gateway-objects';
import { gatewayProxyAt, mayMergeGateways } from './gateway-proxies';
import type { PlacedController, PlacedProxy, ProxyLocation } from './ingress-controller';
import { type LabelledPods, labelledPods } from './labelled-pods';
import { type Made, madeByConstructs } from './made-by';
import { Namespaces } from './namespaces';
import { type ClusterNode, nodesOf } from './nodes';
import { joinOwners, type OwnedPods } from './ownership';
import type { PodSelection } from './pod-selection';
import type { ClusterProfile } from './profile';
import { type Stranger, strangersOf } from './strangers';
import type { PodDescription, PodGroup, Provenance, Workload } from './workload';

/** Everything that the manifests declare and the profile assumes, joined: the one universe that verdicts speak of. */
export class Cluster {
  readonly namespaces: Namespaces;
  readonly services: readonly ServiceResource[];
  readonly networkPolicies: readonly NetworkPolicyResource[];
  readonly clusterPolicies: readonly ClusterPolicyResource[];
  readonly endpointSlices: readonly EndpointSliceResource[];
  readonly endpoints: readonly EndpointsResource[];
  readonly ingresses: readonly IngressResource[];
  readonly ingressClasses: readonly IngressClassResource[];
  readonly unmodelled: readonly UnmodelledResource[];
  readonly nodes: readonly ClusterNode[];
  /** Declared, then assumed, then strangers; `pods[i].index === i`. */
  readonly pods: readonly PodGroup[];
  /** Those of `pods` that are no strangers. */
  readonly knownPods: readonly PodGroup[];
  /** The same by the name of their namespace. */
  readonly podsByNamespace: ReadonlyMap<string, readonly PodGroup[]>;
  readonly strangers: readonly PodGroup[];
  readonly workloads: readonly Workload[];
  /** The ingress controllers of the profile, with their pods. */
  readonly ingressControllers: readonly PlacedController[];
  readonly gatewayApi: GatewayObjects;
  /** The proxies of Gateways, as far as anybody knows where they are. */
  readonly gatewayProxies: ReadonlyMap<GatewayResource, PlacedProxy>;
  readonly families: readonly IpFamily[];
  readonly addresses: AddressBook;
  /** Every address that no declared range of the cluster holds. */
  readonly outside: CidrSet;
  private readonly everywhere: CidrSet;
  private readonly made: ReadonlyMap<string, Made>;
  private readonly secretsByName: ReadonlyMap<string, SecretResource>;
  private readonly servicesByNamespace: ReadonlyMap<string, readonly ServiceResource[]>;
  private readonly slicesByService: ReadonlyMap<string, readonly EndpointSliceResource[]>;
  private workloadsByName: ReadonlyMap<string, readonly Workload[]> | undefined;
  private readonly labelled = new Map<string, LabelledPods>();
  private readonly strangerSelections = new Map<PodGroup, PodSelection>();

  /**
   * @param mentions pods elsewhere that promises speak of, so that they have a place in the universe; with them come all
   * strangers that a rule could mean @default - no strangers: what is asked about declared pods alone needs none
   */
  constructor(
    readonly resources: readonly Resource[],
    readonly profile: ClusterProfile,
    mentions?: readonly PodSelection[],
  ) {
    this.namespaces = new Namespaces(resources);
    const byType = new Map<Resource['type'], Resource[]>();
    for (const resource of resources) append(byType, resource.type, resource);
    // INVARIANT: a list holds resources of its type alone.
    const allOf = <T extends Resource['type']>(type: T) =>
      (byType.get(type) ?? []) as Extract<Resource, { readonly type: T }>[];
    this.services = allOf('service');
    this.servicesByNamespace = groupBy(this.services, ({ namespace }) => namespace);
    this.networkPolicies = allOf('networkPolicy');
    this.clusterPolicies = allOf('clusterPolicy');
    this.endpointSlices = allOf('endpointSlice');
    this.slicesByService = groupBy(this.endpointSlices, ({ namespace, serviceName }) => `${namespace}/${serviceName}`);
    this.endpoints = allOf('endpoints');
    this.ingresses = allOf('ingress');
    this.ingressClasses = allOf('ingressClass');
    this.secretsByName = new Map(allOf('secret').map((secret) => [`${secret.namespace}/${secret.name}`, secret]));
    this.unmodelled = allOf('unmodelled');
    this.nodes = nodesOf(allOf('node'), profile);
    this.families = familiesIn(profile, resources);
    this.everywhere = this.families.reduce((all, family) => all.union(CidrSet.all(family)), CidrSet.empty);
    const { podCidr, serviceCidr, nodeCidr } = profile;
    this.outside = this.everywhere.minus(podCidr.union(serviceCidr).union(nodeCidr));

    const pods: PodGroup[] = [];
    this.pods = pods;
    const workloads = joinOwners(resources).flatMap((owned) => this.declare(owned, pods));
    workloads.push(
      ...assumedDnsPods(pods, this.namespaces).map((assumed) => this.place(assumed.workload, [assumed.pod], pods)),
    );
    const declared = [...pods];
    const proxyPods = (location: ProxyLocation): readonly PodGroup[] => {
      const own = declared.filter((pod) => isPodOf(location, pod));
      if (own.length > 0) return own;
      const assumed = assumedProxy(location, this.namespaces);
      const workload = this.place(assumed.workload, [assumed.pod], pods);
      workloads.push(workload);
      return workload.pods;
    };
    this.ingressControllers = profile.ingress.map((controller) => ({
      controller,
      pods: proxyPods({ ...controller, name: `${controller.name}-ingress` }),
    }));
    this.gatewayApi = gatewayObjectsOf(resources);
    this.gatewayProxies = this.placeGateways(declared, proxyPods);
    this.knownPods = [...pods];
    this.podsByNamespace = groupBy(this.knownPods, ({ namespace }) => namespace.name);
    const strangers = mentions ? strangersOf(resources, mentions, this.namespaces) : [];
    this.strangers = strangers.map((stranger) => this.placeStranger(stranger, pods));
    this.workloads = workloads;
    this.made = madeByConstructs(pods, this.services);
    this.addresses = new AddressBook(pods, this.nodes);
  }

  servicesIn(namespace: string): readonly ServiceResource[] {
    return this.servicesByNamespace.get(namespace) ?? [];
  }

  /** The Secret of a name, where the manifests have it. */
  secret(namespace: string, name: string): SecretResource | undefined {
    return this.secretsByName.get(`${namespace}/${name}`);
  }

  /** SVC-08: the slices that are labelled with a Service's name, in its own namespace. */
  slicesFor(namespace: string, service: string): readonly EndpointSliceResource[] {
    return this.slicesByService.get(`${namespace}/${service}`) ?? [];
  }

  /** The pods of a namespace, strangers left out. */
  podsIn(namespace: string): readonly PodGroup[] {
    return this.podsByNamespace.get(namespace) ?? [];
  }

  /** The same by their labels. */
  labelledIn(namespace: string): LabelledPods {
    let labelled = this.labelled.get(namespace);
    if (!labelled) {
      labelled = labelledPods(this.podsIn(namespace));
      this.labelled.set(namespace, labelled);
    }
    return labelled;
  }

  /** The declared workloads of a name; several kinds may share it. */
  workloadsCalled(namespace: string, name: string): readonly Workload[] {
    this.workloadsByName ??= groupBy(
      this.workloads.filter(({ provenance }) => provenance === 'declared'),
      ({ namespace, name, givenName = name }) => `${namespace}/${givenName}`,
    );
    return this.workloadsByName.get(`${namespace}/${name}`) ?? [];
  }

  /** What a construct and those below it made. */
  madeBy(path: string): Made {
    return this.made.get(path) ?? { pods: [], services: [] };
  }

  /** The selection that a stranger represents; `undefined` for pods that are no strangers. */
  selectionOfStranger(pod: PodGroup): PodSelection | undefined {
    return this.strangerSelections.get(pod);
  }

  /**
   * The input is a dump of a whole cluster: it has the API server's own Service, which nobody declares, with its address.
   * Then what it does not have is not there.
   */
  get isWhole(): boolean {
    return this.servicesIn('default').some(({ name, clusterIps }) => name === 'kubernetes' && clusterIps.length > 0);
  }

  private placeGateways(
    declared: readonly PodGroup[],
    podsAt: (location: ProxyLocation) => readonly PodGroup[],
  ): ReadonlyMap<GatewayResource, PlacedProxy> {
    const { gateways, classes } = this.gatewayApi;
    return new Map(
      gateways.flatMap((gateway) => {
        const its = classes.get(gateway.className);
        const isMerged = its !== undefined && mayMergeGateways(its, this.unmodelled);
        const proxy = gatewayProxyAt(gateway, this.profile, its?.controllerName, isMerged);
        if (proxy.type === 'shared') {
          const shared = this.ingressControllers.find(({ controller }) => controller === proxy.controller);
          return shared ? [[gateway, shared]] : [];
        }
        const { location } = proxy;
        if (proxy.type === 'own') return [[gateway, { controller: location, pods: podsAt(location) }]];
        const pods = declared.filter((pod) => isPodOf(location, pod));
        return pods.length > 0 ? [[gateway, { controller: location, pods }]] : [];
      }),
    );
  }

  private declare(owned: OwnedPods, pods: PodGroup[]): Workload[] {
    const descriptions = describePods(owned, this.namespaces);
    if (descriptions.length === 0) return [];
    const { kind, namespace, name, givenName, resource } = owned;
    const selector = resource?.type === 'workload' ? resource.selector : undefined;
    const origin = resource?.origin ?? owned.pods[0].origin;
    const workload = { kind, namespace, name, givenName, resource, selector, origin, provenance: 'declared' as const };
    return [this.place(workload, descriptions, pods)];
  }

  private placeStranger(stranger: Stranger, pods: PodGroup[]): PodGroup {
    const { namespace, labels, ports } = stranger;
    const name = 'stranger';
    const described: PodDescription = {
      namespace,
      labels,
      ports,
      hostNetwork: false,
      dnsPolicy: 'ClusterFirst',
      ready: true,
    };
    const workload = { kind: 'Pod', namespace: namespace.name, name, provenance: 'stranger' as const, origin: {} };
    const [pod] = this.place(workload, [described], pods).pods;
    this.strangerSelections.set(pod, stranger.selection);
    return pod;
  }

  private place(
    described: Omit<Workload, 'pods'> & { provenance: Provenance },
    descriptions: readonly PodDescription[],
    pods: PodGroup[],
  ): Workload {
    const own: PodGroup[] = [];
    // A copy by spreading takes many times as long, and every workload needs one.
    const workload: Workload = Object.assign({ pods: own }, described);
    for (const description of descriptions) {
      const domain = this.domainOf(description);
      // The description grows into the pod: nobody else has it, and a large cluster has many.
      const pod: PodGroup = Object.assign(description, {
        index: pods.length,
        workload,
        provenance: described.provenance,
        domain,
      });
      own.push(pod);
      pods.push(pod);
    }
    return workload;
  }

  private domainOf(pod: PodDescription): CidrSet {
    if (pod.addresses) return CidrSet.ofAddresses(pod.addresses);
    const declared = pod.hostNetwork ? this.profile.nodeCidr : this.profile.podCidr;
    if (!declared.isEmpty) return declared;
    return this.everywhere;
  }
}

/** The profile's families, and those that a manifest names. */
function familiesIn(profile: ClusterProfile, resources: readonly Resource[]): readonly IpFamily[] {
  if (!profile.podCidr.isEmpty) return profile.families;
  const families = new Set<IpFamily>(profile.families);
  for (const resource of resources) {
    if (resource.type === 'pod') for (const address of resource.addresses) families.add(address.family);
    if (resource.type !== 'networkPolicy' && resource.type !== 'clusterPolicy') continue;
    for (const { peers } of resource.ingress) addFamilies(peers, families);
    for (const { peers } of resource.egress) addFamilies(peers, families);
  }
  return [...families].sort();
}

function addFamilies(peers: readonly (NetworkPolicyPeer | ClusterPolicyPeer)[], families: Set<IpFamily>): void {
  for (const peer of peers) {
    if ('addresses' in peer) for (const range of peer.addresses.ranges) families.add(range.family);
  }
}
