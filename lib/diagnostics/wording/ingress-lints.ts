import type { IngressRequests } from '../../model/finding/ingress-lint';
import type { LintOf } from '../../model/finding/lint';
import { listed } from '../reason';
import type { LintWording } from './lint-words';
import { didYouMean, quoted } from './wording';

const UNCHECKED = 'The API server does not check it;';
const NGINX = 'ingress-nginx, for one, logs a warning and answers 503.';
const GATEWAY = 'its share of the requests is answered 500.';

/** Lints about where Ingresses and routes send to. */
export function ingressWording(lint: LintOf<'PTL402' | 'PTL403'>): LintWording {
  return lint.code === 'PTL402' ? service(lint) : port(lint);
}

function isRoute({ object }: LintOf<'PTL402' | 'PTL403'>): boolean {
  return object.kind !== 'Ingress';
}

function service(lint: LintOf<'PTL402'>): LintWording {
  const { namespace, service, requests, namesakes, didYouMean: meant } = lint;
  const homes = namesakes.map((each) => quoted(each.namespace));
  return {
    title: `${leadsNowhere(requests)}: namespace ${quoted(namespace)} has no Service ${quoted(service)}`,
    label:
      homes.length === 0
        ? `no Service of this name is declared there${didYouMean(meant)}`
        : `the Service of this name is in ${listed(homes)}`,
    why: isRoute(lint)
      ? `A backendRef means a Service of the route's own namespace, unless it names another one (GW-11). ${UNCHECKED} ${GATEWAY}`
      : `An Ingress sends to Services of its own namespace only (ING-14). ${UNCHECKED} ${NGINX}`,
    fix:
      homes.length > 0
        ? inNamespaceOf(lint, homes)
        : meant === undefined
          ? 'name a Service of that namespace; where it is made elsewhere, nothing is wrong'
          : `write ${quoted(`name: ${meant}`)}`,
  };
}

/** A route may name the namespace, with leave of whoever owns it; an Ingress can't. */
function inNamespaceOf(lint: LintOf<'PTL402'>, homes: readonly string[]): string {
  const { namesakes, origin } = lint;
  if (isRoute(lint)) {
    return `add ${quoted(`namespace: ${namesakes[0].namespace}`)} to the backendRef, and a ReferenceGrant there (GW-10)`;
  }
  const inPlus =
    origin.construct === undefined
      ? ''
      : '; in cdk8s-plus create it in the chart of the Service, or give it that `namespace`';
  return `put the Ingress into ${homes.length === 1 ? homes[0] : 'the namespace of the Service'}${inPlus}`;
}

function port(lint: LintOf<'PTL403'>): LintWording {
  const { namespace, service, port, requests, has, isTargetPort, didYouMean: meant } = lint;
  const name = quoted(`${namespace}/${service}`);
  const kind = typeof port === 'string' ? 'name' : 'number';
  const named = 'A backend names a port of the Service, by name or by number, and not one of its pods (ING-14).';
  const isLenient = isTargetPort && !isRoute(lint);
  return {
    title: isLenient
      ? `${listed(requests.map(requestsText))}: ${port} is where Service ${name} sends to, and no port of its own`
      : `${leadsNowhere(requests)}: Service ${name} has no port ${quoted(String(port))}`,
    label: `no port has this ${kind}; the Service has ${has.length === 0 ? 'none' : has.map(portText).join(', ')}${didYouMean(meant)}`,
    why: isRoute(lint)
      ? `A backendRef gives the number of a port of the Service, and not of one of its pods (GW-11). ${UNCHECKED} ${GATEWAY}`
      : isLenient
        ? `${named} Some controllers take a targetPort too, others answer 503.`
        : `${named} ${UNCHECKED} ${NGINX}${beaten(lint)}`,
    fix:
      meant === undefined
        ? 'name a port of the Service, or add this one to it'
        : `write ${quoted(portField(lint, meant))}`,
  };
}

/** What an author may have thought would take the requests. */
function beaten({ goesBefore }: LintOf<'PTL403'>): string {
  const [first] = goesBefore;
  return first === undefined ? '' : ` Also considered: ${quoted(first.matches)} ${first.because}.`;
}

/** `web (80/TCP)` with its name set off. */
function portText(port: string): string {
  const [id, ...number] = port.split(' ');
  return [quoted(id), ...number].join(' ');
}

function portField(lint: LintOf<'PTL403'>, port: string): string {
  if (isRoute(lint)) return `port: ${port}`;
  return `port: { ${/^\d+$/.test(port) ? 'number' : 'name'}: ${port} }`;
}

function leadsNowhere(requests: readonly IngressRequests[]): string {
  return `${listed(requests.map(requestsText))} ${requests.length === 1 ? 'leads' : 'lead'} nowhere`;
}

/** `shop.example.com/api` set off, or what the requests are. */
export function requestsText({ host, path, isDefault }: IngressRequests): string {
  if (isDefault) return 'what no rule takes';
  if (host === undefined) return path === undefined ? 'every request' : quoted(path);
  return quoted(`${host}${path ?? ''}`);
}
