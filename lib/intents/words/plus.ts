import { NAMESPACE_NAME_LABEL } from '../../model/cluster/namespaces';
import { labelsCode, valueCode } from '../fix-code';
import { plusPort } from '../plus-port';
import { apiWords } from './api';
import { constructVariable } from './variables';
import type { NamedBackend, Target, Words } from './words';

const text = (value: string) => valueCode(value, false);
/** `ClusterFirst` is `CLUSTER_FIRST`. */
const member = (value: string) => value.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();

/** The props and methods of cdk8s-plus. What it has no prop for is patched. */
export const PLUS: Words = {
  ...apiWords(false),
  serviceType: (type) => `type: kplus.ServiceType.${type === 'ClusterIP' ? 'CLUSTER_IP' : member(type)}`,
  selector: (labels, pods) =>
    pods === undefined
      ? `selector: kplus.Pods.select(this, 'selected-pods', { labels: ${labelsCode(labels, false)} })`
      : `selector: ${pods}`,
  servicePort: ({ name, port, protocol, target }) => {
    const number = numberOf(target);
    if (number === undefined) return undefined;
    const fields = [
      `name: ${text(name)}`,
      `port: ${port}`,
      ...(protocol === 'TCP' ? [] : [`protocol: kplus.Protocol.${protocol}`]),
      `targetPort: ${number}`,
    ];
    return `{ ${fields.join(', ')} }`;
  },
  targetPort: (target) => {
    const number = numberOf(target);
    return number === undefined ? undefined : `targetPort: ${number}`;
  },
  serviceField: (service, field, value) =>
    FIELDS.has(field)
      ? `${field}: ${valueCode(value, false)}`
      : `ApiObject.of(${service}).addJsonPatch(JsonPatch.add('/spec/${field}', ${valueCode(value, false)}));`,
  name: (name) => `metadata: { name: ${text(name)} }`,
  ingressClass: (name) => `className: ${text(name)}`,
  path: ({ ingress, host, path, pathType, backend }) => {
    const to = backendOf(backend);
    const rule = [text(path), to, `kplus.HttpIngressPathType.${member(pathType)}`].join(', ');
    if (to === undefined) return undefined;
    return host === undefined
      ? `${ingress}.addRule(${rule});`
      : `${ingress}.addHostRule(${[text(host), rule].join(', ')});`;
  },
  pathType: (type) => `pathType: kplus.HttpIngressPathType.${member(type)}`,
  backend: backendOf,
  annotation: (ingress, key, value) => `${ingress}.metadata.addAnnotation(${text(key)}, ${text(value)});`,
  certificate: (host, secret, isFirst) => {
    const entry = `{ hosts: [${text(host)}], ${secretOf(secret)} }`;
    return isFirst ? `tls: [${entry}]` : entry;
  },
  secret: secretOf,
  dnsPolicy: (policy) => `dns: { policy: kplus.DnsPolicy.${member(policy)} }`,
  rulePort: plusPort,
  rulePortNumber: plusPort,
  peerNamespaces: (selector) => `labels: ${labelsCode(selector, false)}`,
  peerNamespace: (name) => `namespaces: kplus.Namespaces.select(this, '${name}-by-name', { labels: ${byName(name)} })`,
};

/** What its Services have a prop for, of all that fixes change. */
const FIELDS: ReadonlySet<string> = new Set(['externalName', 'loadBalancerSourceRanges']);

function byName(name: string): string {
  return `{ '${NAMESPACE_NAME_LABEL}': ${text(name)} }`;
}

function secretOf(name: string): string {
  return `secret: kplus.Secret.fromSecretName(this, ${text(`${name}-by-name`)}, ${text(name)})`;
}

/** Of ports it knows numbers alone. */
function numberOf({ port, number }: Target): number | undefined {
  return typeof port === 'number' ? port : number;
}

function backendOf({ service, port }: NamedBackend): string | undefined {
  const number = service?.ports.find((each) => each.name === port || each.port === port)?.port;
  if (!service || number === undefined || service.origin.library !== 'cdk8s-plus') return undefined;
  return `kplus.IngressBackend.fromService(${constructVariable(service.origin)}, { port: ${number} })`;
}
