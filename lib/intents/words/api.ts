import { inNamespace } from '../../model/cluster/pod-selection';
import { serviceCode } from '../backends-meant';
import { fieldsCode, labelsCode, matchLabelsCode, valueCode } from '../fix-code';
import type { Words } from './words';

/** The fields of the Kubernetes API, which YAML and plain objects in TypeScript have in common. */
export function apiWords(inYaml: boolean): Words {
  const value = (each: string | number | boolean) => valueCode(each, inYaml);
  const item = (code: string) => (inYaml ? `- ${code}` : code);
  const key = (name: string) => (inYaml ? name : `'${name}'`);
  const words: Words = {
    inYaml,
    serviceType: (type) => `type: ${value(type)}`,
    selector: (labels) => `selector: ${labelsCode(labels, inYaml)}`,
    servicePort: ({ name, port, protocol, target }) => {
      const other = protocol === 'TCP' ? undefined : protocol;
      return item(fieldsCode({ name, port, protocol: other, targetPort: target.port }, inYaml));
    },
    targetPort: ({ port }) => `targetPort: ${value(port)}`,
    serviceField: (_, field, each) => `${field}: ${value(each)}`,
    headless: `clusterIP: ${inYaml ? 'None' : "'None'"}`,
    name: (name) => `name: ${value(name)}`,
    namespace: (name) => (inYaml ? `namespace: ${value(name)}` : `metadata: { namespace: ${value(name)} }`),
    ingressClass: (name) => `ingressClassName: ${value(name)}`,
    path: ({ path, pathType, backend }) => {
      const fields = [`path: ${value(path)}`, `pathType: ${value(pathType)}`, `backend: { ${words.backend(backend)} }`];
      return inYaml ? `- ${fields.join('\n  ')}` : `{ ${fields.join(', ')} }`;
    },
    pathType: (type) => `pathType: ${value(type)}`,
    backend: ({ name, port }) => serviceCode(name, port, inYaml),
    routeBackend: ({ name, port }, other) => {
      const fields = [
        ...(name === other.name ? [] : [`name: ${value(name)}`]),
        ...(port === other.port ? [] : [`port: ${port}`]),
      ];
      return fields.join(inYaml ? '\n' : ', ');
    },
    annotation: (_, name, text, isFirst) => {
      const code = `${key(name)}: '${text}'`;
      return isFirst ? `annotations: { ${code} }` : code;
    },
    certificate: (host, secret, isFirst) => {
      const entry = `{ hosts: [${value(host)}], secretName: ${value(secret)} }`;
      return isFirst ? `tls: [${entry}]` : item(entry);
    },
    secret: (name) => `secretName: ${value(name)}`,
    dnsPolicy: (policy) => `dnsPolicy: ${value(policy)}`,
    rulePort: (port, protocol) =>
      `port: ${port}${protocol === 'TCP' ? '' : `${inYaml ? '\n' : ', '}protocol: ${value(protocol)}`}`,
    rulePortNumber: (port) => `port: ${port}`,
    peerNamespaces: (selector) => `namespaceSelector: ${matchLabelsCode(selector, inYaml)}`,
    peerNamespace: (name) => words.peerNamespaces(inNamespace(name)),
  };
  return words;
}
