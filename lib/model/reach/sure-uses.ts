import type { PodGroup } from '../cluster/workload';
import { type DnsServer, dnsServers } from '../dns/lookup';
import { dnsTypeOf } from '../dns/resolv-conf';
import type { ServicePort, ServiceResource } from '../manifest/resources';
import type { PolicyEngine } from '../policy/engine';
import { judgeAtEach } from '../policy/evaluate';
import type { Rule } from '../policy/language';
import type { SubjectStages } from '../policy/subject-stages';
import { usedAnywhere } from '../service/backends';
import type { ServiceEndpoint } from '../service/endpoints';
import { CidrSet } from '../values/cidr-set';
import type { IpFamily } from '../values/ip';
import { hasPlainDns } from './askers';
import { openFabricHops } from './fabric-hop';
import type { Dialled } from './policy-hops';
import { apiServerFrom } from './server-needs';
import { aimsAt, blockRules, hasFamilyOf, isSettledByPolicies } from './settled-by-policies';

/** A port of a Service, and all of the pods that answer for it. */
interface Behind {
  readonly pods: readonly PodGroup[];
  readonly ends: readonly (Dialled & { readonly pod: PodGroup })[];
  /** Where a client sends to before the translation (NP-20). */
  readonly addresses: CidrSet;
}

/**
 * Who surely uses which Service, told without walking: for plain Services of declared pods, on the conditions of the map of
 * Services. A yes is what a walk says; a no says nothing.
 */
export class SureUses {
  private readonly behind = new Map<ServicePort, Behind | undefined>();
  private readonly asking = new Map<PodGroup, boolean>();
  private readonly blocks = new Map<SubjectStages, readonly Rule[]>();
  private readonly inFamilies = new Map<CidrSet, readonly CidrSet[]>();
  private servers: readonly DnsServer[] | undefined;

  constructor(private readonly engine: PolicyEngine) {}

  /** Whether a pod surely gets to every pod behind a port of a Service. @param by 'name': after the lookup of its name */
  has(from: PodGroup, service: ServiceResource, port: ServicePort, by: 'name' | 'service'): boolean {
    const behind = this.behindPort(service, port);
    // SVC-31: what is on the host network sends as its node.
    if (!behind || from.provenance !== 'declared' || from.hostNetwork) return false;
    if (this.mayAim(from, behind, { protocol: port.protocol, port: port.port })) return false;
    if (!behind.ends.every((end) => this.surelyPass(from, end.pod, [end]))) return false;
    return by === 'service' || this.asks(from);
  }

  /** All that answer for a port of a Service; `undefined` where that is not plain. */
  answering(service: ServiceResource, port: ServicePort): readonly PodGroup[] | undefined {
    return this.behindPort(service, port)?.pods;
  }

  private behindPort(service: ServiceResource, port: ServicePort): Behind | undefined {
    if (!this.behind.has(port)) this.behind.set(port, this.findBehind(service, port));
    return this.behind.get(port);
  }

  private findBehind(service: ServiceResource, port: ServicePort): Behind | undefined {
    const { cluster, services } = this.engine;
    // SVC-21, SVC-22: no kube-proxy has a say in these.
    if (service.headless || service.serviceType === 'ExternalName' || !hasFamilyOf(service, cluster)) return undefined;
    const { endpoints, lacking, doubts } = services.endpointsOf({ service, port });
    const backends = usedAnywhere(endpoints);
    if (doubts.length > 0 || lacking.length > 0) return undefined;
    if (!endpoints.every(isPlainPod) || !isSettledByPolicies(service, backends, endpoints, cluster)) return undefined;
    const { protocol } = port;
    const ends = backends.flatMap((backend) =>
      'pod' in backend ? [{ pod: backend.pod, port: backend.port, protocol }] : [],
    );
    const addresses =
      service.clusterIps.length > 0 ? CidrSet.ofAddresses(service.clusterIps) : cluster.profile.serviceCidr;
    return { pods: ends.map(({ pod }) => pod), ends, addresses };
  }

  private mayAim(from: PodGroup, { addresses }: Behind, { protocol, port }: Dialled): boolean {
    const own = this.engine.of('egress', from);
    const blocks = this.blocks.get(own) ?? blockRules(own.rules);
    this.blocks.set(own, blocks);
    return aimsAt(blocks, addresses, protocol, port);
  }

  /** By the policies of both ends, in every family of the cluster (NP-05, NP-38). Exemptions open, and never shut. */
  private surelyPass(from: PodGroup, to: PodGroup, ports: readonly Dialled[]): boolean {
    const [leaving, entering] = [this.engine.of('egress', from), this.engine.of('ingress', to)];
    const lets = (own: SubjectStages, subject: PodGroup, peer: PodGroup) =>
      judgeAtEach(own, subject, peer, this.placesOf(peer.domain)).every(
        (outcome) => outcome && ports.every(({ protocol, port }) => !outcome.mayDeny.hasPort(protocol, port)),
      );
    const isCarried = openFabricHops(this.engine.cluster, { pod: from }, { pod: to }).length === 0;
    return isCarried && lets(leaving, from, to) && lets(entering, to, from);
  }

  private placesOf(domain: CidrSet): readonly CidrSet[] {
    const families: readonly IpFamily[] = this.engine.cluster.families;
    const known = this.inFamilies.get(domain) ?? families.map((family) => domain.ofFamily(family));
    this.inFamilies.set(domain, known);
    return known;
  }

  /** Whether a pod surely gets answers from the cluster's DNS. */
  asks(from: PodGroup): boolean {
    const known = this.asking.get(from) ?? this.findAsks(from);
    this.asking.set(from, known);
    return known;
  }

  /** DNS-28, DNS-29: each server is reached over UDP and TCP, and has what it needs. */
  private findAsks(from: PodGroup): boolean {
    const { profile } = this.engine.cluster;
    if (!hasPlainDns(from) || dnsTypeOf(from) === 'node') return false;
    // DNS-27, SVC-15: a cache on the node, or the address of a node, stands between.
    if (profile.dns.nodeLocal || profile.kubeProxy.masqueradeAll) return false;
    this.servers ??= this.findServers();
    return (
      this.servers.length > 0 &&
      this.servers.every(({ pod, udp, tcp }) => {
        const ports = [
          { protocol: 'UDP', port: udp },
          { protocol: 'TCP', port: tcp },
        ] as const;
        return this.surelyPass(from, pod, ports);
      })
    );
  }

  /** Those that surely answer; none where nobody can be sure of one of them. */
  private findServers(): readonly DnsServer[] {
    const servers = dnsServers(this.engine.cluster);
    if (servers === 'unknown') return [];
    const needs = apiServerFrom(
      this.engine,
      servers.map(({ pod }) => pod),
    );
    return needs.decision === 'passes' ? servers : [];
  }
}

/** SVC-23, SVC-31: a pod whose address somebody tells may share it with a node, or have lost it to a Service. */
function isPlainPod({ backend, address }: ServiceEndpoint): boolean {
  const isDeclared = 'pod' in backend && backend.pod.provenance === 'declared' && !backend.pod.hostNetwork;
  return isDeclared && address === undefined;
}
