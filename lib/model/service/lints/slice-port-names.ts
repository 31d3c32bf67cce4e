import type { Cluster } from '../../cluster/cluster';
import type { ServiceLintDetail } from '../../finding/lint';
import { blame } from '../../manifest/blame';
import type { ServicePort, ServiceResource } from '../../manifest/resources';
import { nearest } from '../../values/nearest';
import { slicesOf } from '../endpoints';
import type { ServiceSlice } from '../mirrored-endpoints';
import type { ServiceLintRule } from './rule';

type Detail = ServiceLintDetail & { readonly code: 'PTL233' };

/** PTL233: a Service port is joined with the port of a slice by name and protocol, and none fits (SVC-08). */
export const slicePortNames: ServiceLintRule = ({ cluster, withEndpoints }) =>
  // With a selector the Service's own slices fit. SVC-21: kube-proxy joins nothing for a headless Service.
  withEndpoints.flatMap((service) => {
    if (service.selector || service.headless) return [];
    return service.ports.flatMap((port, index) => {
      const detail = detailOf(service, port, cluster);
      if (!detail) return [];
      const field = ['spec', 'ports', index];
      const within = port.name === undefined ? field : [...field, 'name'];
      return [{ severity: 'warning' as const, ...blame(service, field, within), ...detail }];
    });
  });

function detailOf(service: ServiceResource, port: ServicePort, cluster: Cluster): Detail | undefined {
  const ports = slicesOf(service, cluster)
    .filter(hasAddresses)
    .flatMap((slice) => slice.ports);
  const name = port.name ?? '';
  if (ports.length === 0 || ports.some((each) => each.name === name && each.protocol === port.protocol))
    return undefined;
  const ofProtocol = ports.filter(({ protocol }) => protocol === port.protocol).map((each) => each.name);
  const unclaimed = [...new Set(ofProtocol)].filter((each) => !service.ports.some((other) => other.name === each));
  return {
    code: 'PTL233',
    port: name,
    protocol: port.protocol,
    has: [...new Set(ports.map((each) => `${each.name}/${each.protocol}`))].sort(),
    didYouMean: name === '' ? undefined : nearest(name, unclaimed.filter((each) => each !== '').sort()),
  };
}

function hasAddresses({ endpoints }: ServiceSlice): boolean {
  return endpoints.length > 0;
}
