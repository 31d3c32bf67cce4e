import type { Protocol } from '../../model/values/traffic-set';
import { labelsCode, propCode, valueCode } from '../fix-code';
import { apiWords } from './api';
import { constructVariable } from './variables';
import type { NamedBackend, Words } from './words';

const text = (value: string) => valueCode(value, false);

/** The props of this library's own constructs. */
export const PORTOLAN: Words = {
  ...apiWords(false),
  selector: (labels, pods) => `selector: ${pods ?? labelsCode(labels, false)}`,
  servicePort: ({ name, port, protocol, target }) => {
    const fields = [
      `port: ${port}`,
      ...(target.port === port ? [] : [`targetPort: ${valueCode(target.port, false)}`]),
      ...(protocol === 'TCP' ? [] : [`protocol: '${protocol}'`]),
    ];
    return `${propCode(name)}: ${fields.length === 1 ? port : `{ ${fields.join(', ')} }`}`;
  },
  headless: 'headless: true',
  // An object is in the namespace of its chart.
  namespace: () => undefined,
  ingressClass: (name) => `className: ${text(name)}`,
  path: ({ path, pathType, backend }) => {
    const to = portOf(backend);
    if (to === undefined) return undefined;
    return `${text(path)}: ${pathType === 'Prefix' ? to : `{ to: ${to}, pathType: ${text(pathType)} }`}`;
  },
  backend: portOf,
  routeBackend: portOf,
  certificate: (host, secret, isFirst) => {
    const entry = `{ hosts: [${text(host)}], secret: ${text(secret)} }`;
    return isFirst ? `tls: [${entry}]` : entry;
  },
  secret: text,
  dnsPolicy: (policy) => `dns: { policy: ${text(policy)} }`,
  rulePort: portCode,
  // Authors write a TCP port as its number.
  rulePortNumber: (port, protocol) => (protocol === 'TCP' ? `ports: [${port}]` : portCode(port, protocol)),
  peerNamespaces: (selector) => `namespaceLabels: ${labelsCode(selector, false)}`,
  peerNamespace: (name) => `namespace: ${text(name)}`,
};

function portCode(port: number, protocol: Protocol): string {
  return `Port.${protocol.toLowerCase()}(${port})`;
}

/** An app, or a Service, gives its ports by name. */
function portOf({ service, port }: NamedBackend): string | undefined {
  const name = service?.ports.find((each) => each.name === port || each.port === port)?.name;
  if (!service || name === undefined || service.origin.library !== 'portolan') return undefined;
  return `${constructVariable(service.origin)}.port(${text(name)})`;
}
