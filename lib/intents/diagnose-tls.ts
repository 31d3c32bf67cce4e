import type { UrlVerdict } from '../model/reach/url-verdict';
import { proxyOf } from './diagnose-url';
import type { Diagnosis } from './diagnosis';
import type { SecretRef } from './intent';
import { secretText } from './secret-text';

/** ING-16: a certificate that surely is none for the host, so that clients turn away; of plain HTTP nobody asks for one. */
export function tlsProblem({ route }: { readonly route: UrlVerdict }): Diagnosis | undefined {
  const tls = route.taken?.routed.tls;
  if (route.request.scheme === 'http' || tls?.covers !== false) return undefined;
  return tlsCause(route, tls.secret ? 'not-covering' : 'own-certificate');
}

/** Why the certificate that is shown is not the promised one; `undefined` where it may be. */
export function terminationProblem(route: UrlVerdict, wanted: SecretRef | undefined): Diagnosis | undefined {
  const tls = route.taken?.routed.tls;
  if (!tls) return tlsCause(route, 'plain', wanted);
  if (tls.mode === 'passes-through') return tlsCause(route, 'passes-through', wanted);
  if (wanted && tls.secret && !isSecret(tls.secret, wanted)) return tlsCause(route, 'other-secret', wanted);
  if (tls.covers === false) return tlsCause(route, tls.secret ? 'not-covering' : 'own-certificate', wanted);
  return undefined;
}

function isSecret(shown: Required<SecretRef>, { name, namespace }: SecretRef): boolean {
  return shown.name === name && (namespace === undefined || shown.namespace === namespace);
}

type Problem = Extract<Diagnosis['cause'], { code: 'PTL408' }>['problem'];

function tlsCause(route: UrlVerdict, problem: Problem, wanted?: SecretRef): Diagnosis {
  const { rule, tls } = route.taken?.routed ?? {};
  const secret = tls?.secret && secretText(tls.secret);
  const told = { host: route.request.sni ?? route.request.host, proxy: proxyOf(route), secret, because: tls?.because };
  return { cause: { code: 'PTL408', problem, ...told, wanted: wanted && secretText(wanted) }, blame: rule?.origin };
}
