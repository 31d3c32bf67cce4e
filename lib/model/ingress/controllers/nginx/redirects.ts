import type { Doubt } from '../../../values/ternary';
import { certainly } from '../../backend-outcome';
import type { UrlRequest } from '../../request';
import type { Outcome } from '../../routing';
import type { Entry } from '../../rules';
import { authorityOf, targetOf } from '../../url-parts';
import type { Received, RoutingTable } from '../controller';
import { annotation, flag, redirectCode } from './annotations';
import { addsSlash, enforcesRegex } from './locations';
import { type Server, serverFor } from './server';
import { type RedirectSettings, redirectSettings } from './settings';

/** Where ingress-nginx sends the client instead of forwarding, in the order in which nginx comes to it. */
export function redirectOf(request: Received, table: RoutingTable, winner?: Entry): Outcome | undefined {
  const server = serverFor(request.host, table);
  const { sent } = request;
  return (
    toOrFromWww(request, table) ??
    (winner && slashRedirect(request, server, winner)) ??
    appRoot(request, server) ??
    (winner && (elsewhere(sent, winner) ?? toHttps(sent, server, winner, redirectSettings(table.settings))))
  );
}

/** `from-to-www-redirect`: the host with `www.` is sent to the one without, or the other way round, where it has no rules itself. */
function toOrFromWww({ host, sent }: Received, { entries, settings }: RoutingTable): Outcome | undefined {
  if (entries.some((entry) => entry.host === host)) return undefined;
  const other = host.startsWith('www.') ? host.slice('www.'.length) : `www.${host}`;
  const isOn = entries.some((entry) => entry.host === other && flag(entry.served.ingress, 'from-to-www-redirect'));
  return isOn ? redirect(redirectSettings(settings).status, `${sent.scheme}://${other}${targetOf(sent)}`) : undefined;
}

/** nginx: where a location that forwards ends in a slash, the path without it is sent there. */
function slashRedirect({ path, sent }: Received, server: Server, winner: Entry): Outcome | undefined {
  if (enforcesRegex(server) || !addsSlash(winner, path)) return undefined;
  const query = sent.query === '' ? '' : `?${sent.query}`;
  // `port_in_redirect` is off.
  return redirect(301, `${sent.scheme}://${sent.host}${winner.path}${query}`);
}

/** Of the whole host, whichever Ingress says so. */
function appRoot({ path, sent }: Received, { ingresses }: Server): Outcome | undefined {
  if (path !== '/') return undefined;
  const roots = [...new Set(ingresses.flatMap((ingress) => annotation(ingress, 'app-root') ?? []))];
  if (roots.length === 0) return undefined;
  const answers = roots.map((root) => redirect(302, `${sent.scheme}://${authorityOf(sent)}${root}`).answers[0]);
  const doubt: Doubt = { rule: 'ING-17', wouldDecide: `one app-root for ${sent.host}` };
  return { answers, doubts: roots.length > 1 ? [doubt] : [] };
}

/** Whether all requests are sent elsewhere. */
export function isMoved({ served: { ingress } }: Entry): boolean {
  return ['temporal-redirect', 'permanent-redirect'].some((name) => annotation(ingress, name) !== undefined);
}

/** `temporal-redirect` goes before `permanent-redirect`. */
function elsewhere(sent: UrlRequest, { served }: Entry): Outcome | undefined {
  const { ingress } = served;
  const temporal = annotation(ingress, 'temporal-redirect');
  const permanent = annotation(ingress, 'permanent-redirect');
  const target = temporal ?? permanent;
  if (target === undefined) return undefined;
  const code = temporal
    ? redirectCode(ingress, 'temporal-redirect-code', 302)
    : redirectCode(ingress, 'permanent-redirect-code', 301);
  const location = target.replace(/\$(request_uri|scheme|host|http_host)\b/g, (_, name: keyof typeof VARIABLES) =>
    VARIABLES[name](sent),
  );
  if (!location.includes('$')) return redirect(code, location);
  const doubt: Doubt = {
    rule: 'ING-19',
    wouldDecide: `a redirect to a URL without variables of nginx other than ${KNOWN}`,
  };
  return { answers: [{ type: 'redirects', status: code, location }], doubts: [doubt] };
}

const VARIABLES = {
  request_uri: targetOf,
  scheme: ({ scheme }: UrlRequest) => scheme,
  host: ({ host }: UrlRequest) => host,
  http_host: authorityOf,
} as const;
const KNOWN = '$scheme, $host, $http_host and $request_uri';

/**
 * ING-16: hosts with a certificate are served over https alone, unless the Ingress of the path, or the ConfigMap for all, says
 * otherwise. Who issues certificates asks by plain HTTP: paths of rules that begin so are left to it, whatever requests they take.
 */
function toHttps(
  sent: UrlRequest,
  { host, ingresses }: Server,
  { served, path = '/' }: Entry,
  { toHttps, forced, status, plain }: RedirectSettings,
): Outcome | undefined {
  if (sent.scheme === 'https' || plain.some((beginning) => path.startsWith(beginning))) return undefined;
  const hasCertificate = host !== undefined && ingresses.some(({ tls }) => tls.length > 0);
  const isForced = flag(served.ingress, 'force-ssl-redirect') ?? forced;
  const isOn = flag(served.ingress, 'ssl-redirect') ?? toHttps;
  if (!isForced && !(hasCertificate && isOn)) return undefined;
  return redirect(status, `https://${sent.host}${targetOf(sent)}`);
}

function redirect(status: number, location: string): Outcome {
  return certainly({ type: 'redirects', status, location });
}
