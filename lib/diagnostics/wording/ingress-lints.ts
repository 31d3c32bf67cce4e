import type { IngressRequests } from '../../model/finding/ingress-lint';
import type { LintOf } from '../../model/finding/lint';
import { listed } from '../reason';
import type { LintWording } from './lint-words';
import { didYouMean, quoted } from './wording';

const UNCHECKED = 'The API server does not check it; ingress-nginx, for one, logs a warning and answers 503.';

/** Lints about Ingresses and where they send to. */
export function ingressWording(lint: LintOf<'PTL402' | 'PTL403'>): LintWording {
  return lint.code === 'PTL402' ? service(lint) : port(lint);
}

function service({ object, service, requests, namesakes, origin, didYouMean: meant }: LintOf<'PTL402'>): LintWording {
  const homes = namesakes.map(({ namespace }) => quoted(namespace));
  const inPlus =
    origin.construct === undefined
      ? ''
      : '; in cdk8s-plus create it in the chart of the Service, or give it that `namespace`';
  return {
    title: `${leadsNowhere(requests)}: namespace ${quoted(object.namespace)} has no Service ${quoted(service)}`,
    label:
      homes.length === 0
        ? `no Service of this name is declared there${didYouMean(meant)}`
        : `the Service of this name is in ${listed(homes)}`,
    why: `An Ingress sends to Services of its own namespace only (ING-14). ${UNCHECKED}`,
    fix:
      homes.length > 0
        ? `put the Ingress into ${homes.length === 1 ? homes[0] : 'the namespace of the Service'}${inPlus}`
        : meant === undefined
          ? 'name a Service of that namespace; where it is made elsewhere, nothing is wrong'
          : `write ${quoted(`name: ${meant}`)}`,
  };
}

function port({
  object,
  service,
  port,
  requests,
  has,
  isTargetPort,
  didYouMean: meant,
}: LintOf<'PTL403'>): LintWording {
  const name = quoted(`${object.namespace}/${service}`);
  const kind = typeof port === 'string' ? 'name' : 'number';
  const why = `A backend names a port of the Service, by name or by number, and not one of its pods (ING-14). ${UNCHECKED}`;
  return {
    title: isTargetPort
      ? `${listed(requests.map(requestsText))}: ${port} is where Service ${name} sends to, and no port of its own`
      : `${leadsNowhere(requests)}: Service ${name} has no port ${quoted(String(port))}`,
    label: `no port has this ${kind}; the Service has ${has.length === 0 ? 'none' : has.map(portText).join(', ')}${didYouMean(meant)}`,
    why: isTargetPort ? `${why.replace(UNCHECKED, '')}Some controllers take a targetPort too, others answer 503.` : why,
    fix:
      meant === undefined ? 'name a port of the Service, or add this one to it' : `write ${quoted(portField(meant))}`,
  };
}

/** `web (80/TCP)` with its name set off. */
function portText(port: string): string {
  const [id, ...number] = port.split(' ');
  return [quoted(id), ...number].join(' ');
}

function portField(port: string): string {
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
