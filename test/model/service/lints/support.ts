import type { ClusterProfileSpec } from '../../../../lib/model/cluster/profile';
import type { LintCode, LintOf } from '../../../../lib/model/finding/lint';
import { formatField } from '../../../../lib/model/manifest/reader/place';
import { Network } from '../../../../lib/model/network';

/** The lints of one code that some manifests have. */
export function lintsOf<C extends LintCode>(code: C, manifests: readonly object[], profile?: ClusterProfileSpec) {
  const lints = Network.from(manifests, profile).lints();
  return lints.filter((lint): lint is LintOf<C> => lint.code === code);
}

/** What all lints say, e.g. `warning PTL230 shop/api spec.selector`. */
export function allLints(manifests: readonly object[], profile?: ClusterProfileSpec): readonly string[] {
  return Network.from(manifests, profile)
    .lints()
    .map(
      ({ severity, code, object, field }) =>
        `${severity} ${code} ${object.namespace}/${object.name} ${formatField(field)}`,
    );
}

interface SliceOptions {
  readonly service?: string;
  readonly namespace?: string;
  readonly ports?: readonly object[];
  readonly addresses?: readonly string[];
}

/** An EndpointSlice made by hand. */
export function slice(name: string, options: SliceOptions = {}): object {
  const { service, namespace = 'shop', ports = [{ port: 5432 }], addresses = ['192.0.2.7'] } = options;
  const labels = service === undefined ? {} : { 'kubernetes.io/service-name': service };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels },
    addressType: 'IPv4',
    ports,
    endpoints: addresses.map((address) => ({ addresses: [address] })),
  };
}

export function endpoints(name: string, address: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, namespace: 'shop' },
    subsets: [{ addresses: [{ ip: address }], ports: [{ port: 5432 }] }],
  };
}
