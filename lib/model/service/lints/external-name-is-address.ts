import { blame } from '../../manifest/blame';
import { parseIp } from '../../values/ip';
import type { ServiceLintRule } from './rule';

/** PTL234: an ExternalName is answered with an alias, and there is no domain that is an address (SVC-22). */
export const externalNameIsAddress: ServiceLintRule = ({ cluster }) =>
  cluster.services.flatMap((service) => {
    const { serviceType, externalName = '' } = service;
    if (serviceType !== 'ExternalName') return [];
    const address = externalName.replace(/\.$/, '');
    if (!parseIp(address).ok) return [];
    const detail = { code: 'PTL234' as const, address };
    return [{ severity: 'error' as const, ...blame(service, ['spec', 'externalName']), ...detail }];
  });
