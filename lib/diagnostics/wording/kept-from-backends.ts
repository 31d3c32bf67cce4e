import { withoutKind } from '../../model/cluster/workload';
import type { LintOf } from '../../model/finding/lint';
import { listed } from '../reason';
import { type LintWording, policyText } from './lint-words';
import { named, quoted } from './wording';

/** The lint about policies between the proxy at the edge and what is behind it. */
export function keptFromBackendsWording(lint: LintOf<'PTL417'>): LintWording {
  const { proxy, proxyNamespace, urls, service, direction, traffic, workloads, policies } = lint;
  const isEntering = direction === 'ingress';
  const who = isEntering
    ? `lets ${named(proxy)} in on ${traffic}`
    : `lets ${named(proxy)} out to ${quoted(service)} on ${traffic}`;
  const subjects = listed(workloads.map((label) => quoted(withoutKind(label))));
  return {
    title: `policies keep ${named(proxy)} from ${quoted(service)}: ${listed(urls.map(quoted))} ${urls.length === 1 ? 'leads' : 'lead'} nowhere`,
    label: `${listed(policies.map(policyText))} isolate${policies.length === 1 ? 's' : ''} ${subjects}, and no rule ${who}`,
    why: `The proxy sends each request on itself: policies see its pods in ${quoted(proxyNamespace)} and not the client (NP-40), and the port of the pods, not that of the Service (NP-19).`,
    fix: isEntering
      ? `allow ${traffic} from the pods of ${named(proxy)} in namespace ${quoted(proxyNamespace)}; where another policy does so elsewhere, nothing is wrong`
      : `allow ${named(proxy)} to send ${traffic} to the pods behind ${quoted(service)}; where another policy does so elsewhere, nothing is wrong`,
  };
}
