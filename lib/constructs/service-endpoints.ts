import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { type IpFamily, parseIp } from '../model/values/ip';
import { assertDnsLabel } from './names';
import type { ServicePortFacts } from './service-ports';
import type { ServiceEndpoint } from './service-props';
import { assertPeerAddress } from './service-rules';

/** Throws for addresses that the API server takes for no endpoints (SVC-26), and for ports that need a number. */
export function assertEndpoints(
  path: string,
  endpoints: readonly ServiceEndpoint[],
  ports: readonly ServicePortFacts[],
): void {
  for (const { address, hostname } of endpoints) {
    assertPeerAddress(path, 'an endpoint', address);
    if (hostname !== undefined) assertDnsLabel(hostname, `an endpoint of Service "${path}"`);
  }
  const named = ports.find(({ target }) => typeof target === 'string');
  if (named && endpoints.length > 0) {
    throw new Error(
      `Unable to lead port "${named.name}" of Service "${path}" to "${named.target}": there are no containers that could have a port ` +
        'of this name behind `endpoints` (SVC-08). Give a number.',
    );
  }
}

/** Writes the addresses behind a Service without a selector: one slice for each family (SVC-08, SVC-27). */
export function emitEndpointSlices(
  scope: Construct,
  service: { readonly name: string; readonly labels: Readonly<Record<string, string>> },
  endpoints: readonly ServiceEndpoint[],
  ports: readonly ServicePortFacts[],
): void {
  for (const family of [4, 6] as const) {
    const own = endpoints.filter(({ address }) => familyOf(address) === family);
    if (own.length === 0) continue;
    new ApiObject(scope, `EndpointSlice-ipv${family}`, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${service.name}-ipv${family}`,
        labels: {
          ...service.labels,
          'kubernetes.io/service-name': service.name,
          // Else the controller that owns a slice is anybody's guess.
          'endpointslice.kubernetes.io/managed-by': 'portolan',
        },
      },
      addressType: `IPv${family}`,
      endpoints: own.map(({ address, ...rest }) => ({ addresses: [address], ...rest })),
      // SVC-08: kube-proxy joins the ports by name, and takes the number from here.
      ports: ports.map(({ name, target, protocol, appProtocol }) => ({ name, port: target, protocol, appProtocol })),
    });
  }
}

function familyOf(address: string): IpFamily | undefined {
  const parsed = parseIp(address);
  return parsed.ok ? parsed.address.family : undefined;
}
