import type { Network } from '../../model/network';
import type { Doubt } from '../../model/values/ternary';
import type { Checked } from '../checked';
import { terminationProblem } from '../diagnose-tls';
import type { UrlIntent } from '../intent';
import { secretText } from '../secret-text';
import { broken } from './results';
import { brokenAtRule, keptUrl, notEntering, takenByNobody, type UrlCase, undecidedUrl, urlCase } from './url-results';

type ToTerminateTls = UrlIntent & { verb: 'toTerminateTls' };

/** ING-16: `expect(url(...)).toTerminateTls({ with })`: the proxy shows a certificate for the host: any, or that of one Secret. */
export function checkToTerminateTls(intent: ToTerminateTls, network: Network): Checked {
  const label = intent.secret ? `Secret ${secretText(intent.secret)}` : 'a certificate for its host';
  const one = urlCase(intent, { label }, network);
  const { route, subject, target } = one;
  if (route.request.scheme === 'http') {
    const problem = 'http has no TLS';
    return broken(intent, subject, target, { code: 'PTL901', role: 'subject', problem });
  }
  const nobody = takenByNobody(one);
  if (nobody) return nobody;
  const { taken } = route;
  if (!taken) return undecidedUrl(one, route.doubts);
  const amiss = terminationProblem(route, intent.secret);
  if (amiss) return brokenAtRule(one, amiss);
  const open = [...taken.edge.doubts, ...taken.routed.doubts, ...entranceDoubts(one), ...certificateDoubts(one)];
  return notEntering(one) ?? (open.length > 0 ? undecidedUrl(one, open) : keptUrl(one));
}

function entranceDoubts({ route: { entrances } }: UrlCase): readonly Doubt[] {
  return entrances.flatMap(({ outcome, doubts }) => (outcome === 'allowed' ? [] : doubts));
}

/** Nobody can look at a certificate that is made elsewhere, such as by cert-manager. */
function certificateDoubts({ route: { taken, request } }: UrlCase): readonly Doubt[] {
  const { tls } = taken?.routed ?? {};
  if (tls?.covers === true && tls.secret) return [];
  const what = tls?.secret ? `the certificate in Secret ${secretText(tls.secret)}` : 'a certificate';
  const why = tls?.because === undefined ? '' : ` (${tls.because})`;
  return [{ rule: 'ING-16', wouldDecide: `${what} for ${request.sni ?? request.host}${why}` }];
}
