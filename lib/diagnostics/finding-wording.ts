import type { Finding } from '../intents/finding';
import { exposureWording } from './wording/exposure';
import { lookupWording } from './wording/lookup';
import { nameWording } from './wording/name';
import { networkWording } from './wording/network-lints';
import { nodeFirewallWording } from './wording/node-firewall';
import { pathWording } from './wording/path';
import { policyWording } from './wording/policy';
import { promiseWording } from './wording/promise';
import { serviceWording } from './wording/service';
import { urlWording } from './wording/url';
import type { Wording } from './wording/wording';

/** The words for a finding. A code without words does not compile. */
export function wordingOf(finding: Finding): Wording {
  const { cause } = finding;
  switch (cause.code) {
    case 'PTL101':
    case 'PTL103':
    case 'PTL105':
    case 'PTL106':
    case 'PTL107':
    case 'PTL110':
    case 'PTL111':
    case 'PTL112':
      return behindProxy(finding, policyWording(finding, cause));
    case 'PTL104':
    case 'PTL113':
    case 'PTL114':
    case 'PTL120':
    case 'PTL121':
      return exposureWording(finding, cause);
    case 'PTL102':
    case 'PTL501':
      return lookupWording(finding, cause);
    case 'PTL201':
    case 'PTL202':
    case 'PTL203':
    case 'PTL204':
    case 'PTL205':
    case 'PTL206':
    case 'PTL207':
    case 'PTL208':
      return serviceWording(finding, cause);
    case 'PTL402':
    case 'PTL403':
    case 'PTL404':
    case 'PTL405':
    case 'PTL406':
    case 'PTL407':
    case 'PTL408':
    case 'PTL409':
      return urlWording(finding, cause);
    case 'PTL502':
    case 'PTL503':
    case 'PTL504':
      return nameWording(finding, cause);
    case 'PTL317':
    case 'PTL701':
    case 'PTL702':
      return pathWording(finding, cause);
    case 'PTL330':
    case 'PTL332':
      return nodeFirewallWording(finding, cause);
    case 'PTL301':
    case 'PTL303':
    case 'PTL304':
    case 'PTL305':
    case 'PTL306':
      return networkWording(cause);
    case 'PTL302':
    case 'PTL901':
    case 'PTL902':
    case 'PTL903':
    case 'PTL904':
      return promiseWording(finding, cause);
  }
}

/** NP-40: on the way of a request by URL nobody's own address counts but that of the proxy. */
function behindProxy({ route }: Finding, wording: Wording): Wording {
  if (!route) return wording;
  const why = `The proxy sends the request on itself, so that policies see its pods, and not the client (NP-40). ${wording.why}`;
  return { ...wording, why };
}
