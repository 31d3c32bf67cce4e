import { blame } from '../../manifest/blame';
import type { DnsLintRule } from './context';

/** Below it `name:7` is rather a version than a port. */
const LEAST_PORT = 80;

/** PTL531: the name leads to a Service that does not serve the port beside it (SVC-10). */
export const portOfNobody: DnsLintRule = ({ places }) =>
  places.flatMap(({ inCluster, resource, field, host, port, isUrl }) => {
    const [target] = inCluster.targets;
    if (!target || port === undefined || inCluster.targets.length > 1 || target.pod) return [];
    const { service } = target;
    // SVC-21, SVC-22: only an address of its own has a list of ports.
    if (service.headless || service.serviceType === 'ExternalName') return [];
    if (service.ports.some((each) => each.port === port) || (!isUrl && port < LEAST_PORT)) return [];
    const has = service.ports.map((each) => `${each.port}`);
    const name = `${service.namespace}/${service.name}`;
    return [{ code: 'PTL531', severity: 'warning', ...blame(resource, field), host, port, service: name, has }];
  });
