import { blame } from '../../manifest/blame';
import type { DnsLintRule } from './context';

/** Ends of names that nobody gives to a namespace for its own sake. */
const PUBLIC = ['com', 'org', 'net', 'edu', 'gov', 'int', 'mil'];

/** PTL532: the search list leads a name of the internet to a Service (DNS-23). */
export const capturedName: DnsLintRule = ({ places }) =>
  places.flatMap(({ resolution, resource, field, host }) => {
    const [target] = resolution.targets;
    if (!target || resolution.search === undefined || !PUBLIC.includes(host.split('.').at(-1)!.toLowerCase()))
      return [];
    const service = `${target.service.namespace}/${target.service.name}`;
    return [{ code: 'PTL532', severity: 'warning', ...blame(resource, field), host, service }];
  });
