import { serviceName } from '../model/dns/lookup';
import type { ServiceResource } from '../model/manifest/resources';
import { CidrSet, formatCidr } from '../model/values/cidr-set';
import type { Candidate, FixContext } from './candidate';
import type { Broken } from './checked';
import type { Cause } from './finding';
import { fieldChange, isYaml } from './fix-code';
import { changeType } from './fix-doors';
import { serviceFieldChange } from './fix-field';
import { rewordPromise } from './fix-words';
import { near, resolveEndpoint } from './resolve';
import { editService, serviceCalled } from './service-edits';

/** What makes the nodes serve a client of a Service, where that is up to the Service. */
export function serveClients(
  broken: Broken,
  cause: Cause & { code: 'PTL208' },
  context: FixContext,
): readonly Candidate[] {
  const service = serviceCalled(cause.service, context.resources);
  if (!service) return [];
  switch (cause.problem) {
    case 'no-node-port':
      return [openNodePort(service, context)];
    case 'source-not-allowed':
      return admitClient(broken, service, context);
    case 'leads-nowhere':
      return nameAService(service, context);
    case 'mere-name': {
      const { intent } = broken;
      if (intent.verb !== 'toReach') return [];
      return rewordPromise(broken, 'promise it by name', { ...intent, by: 'name' });
    }
    // Nothing of the manifests makes these better: an address that is nobody's, or a node that takes no such packets.
    case 'unassigned-address':
    case 'node-port-closed':
    case 'left-cluster':
    case 'reply-lost':
    case 'loopback':
      return [];
  }
}

/** SVC-19, SVC-20 */
function openNodePort(service: ServiceResource, context: FixContext): Candidate {
  if (service.serviceType !== 'LoadBalancer') return changeType(service, 'NodePort', context);
  return {
    fix: {
      summary: 'let the load balancer have ports on the nodes',
      ...serviceFieldChange(service, 'allocateLoadBalancerNodePorts', [false, true]),
    },
    resources: editService(service, context.resources, { allocateNodePorts: true }),
  };
}

/** More ranges than these nobody would read. */
const MOST_RANGES = 4;

/** SVC-17: the client's own range beside those that are let in. */
function admitClient(
  { intent, example }: Broken,
  service: ServiceResource,
  { resources, network }: FixContext,
): readonly Candidate[] {
  if (intent.subject.kind === 'url' || !service.loadBalancerSourceRanges) return [];
  const { addresses } = resolveEndpoint(intent.subject, network.cluster);
  const client = addresses.isEmpty ? (example?.source?.domain ?? CidrSet.empty) : addresses;
  const ranges = service.loadBalancerSourceRanges;
  const wider = ranges.union(client);
  if (client.isEmpty || wider.toCidrs().length > ranges.toCidrs().length + MOST_RANGES) return [];
  const quote = isYaml(service.origin) ? '' : "'";
  const code = (set: CidrSet) =>
    `loadBalancerSourceRanges: [${set
      .toCidrs()
      .map((cidr) => `${quote}${formatCidr(cidr)}${quote}`)
      .join(', ')}]`;
  return [
    {
      fix: { summary: 'let the client in to the load balancer', remove: code(ranges), add: code(wider) },
      resources: editService(service, resources, { loadBalancerSourceRanges: wider }),
    },
  ];
}

/** SVC-22: the nearest name of a Service that there is. */
function nameAService(service: ServiceResource, { resources, network: { cluster } }: FixContext): readonly Candidate[] {
  const { externalName } = service;
  const names = cluster.services.filter((each) => each !== service).map((each) => serviceName(each, cluster));
  const meant = externalName === undefined ? undefined : near(externalName.replace(/\.$/, ''), names);
  if (externalName === undefined || meant === undefined) return [];
  const change = fieldChange('externalName', [externalName, meant], isYaml(service.origin));
  return [
    {
      fix: { summary: 'name a Service that there is', ...change },
      resources: editService(service, resources, { externalName: meant }),
    },
  ];
}

/** SVC-22: the host that a promise means, in place of another one. */
export function renameAlias(from: string, to: string, { resources }: FixContext): Candidate {
  const isIt = (r: FixContext['resources'][number]): r is ServiceResource =>
    r.type === 'service' && r.externalName?.replace(/\.$/, '') === from;
  const inYaml = isYaml(resources.find(isIt)?.origin);
  return {
    fix: { summary: 'name the host that is meant', ...fieldChange('externalName', [from, to], inYaml) },
    resources: resources.map((r) => (isIt(r) ? { ...r, externalName: to } : r)),
  };
}
