import type { Cluster } from '../model/cluster/cluster';
import { namesOf } from '../model/dns/lookup';
import type { IngressResource, ServiceResource } from '../model/manifest/resources';
import type { Network } from '../model/network';
import { formatIp } from '../model/values/ip';
import { rememberedOf } from '../model/values/remembered';
import type { Doubt } from '../model/values/ternary';
import { isBareHost, isInUrl, namesHost } from './names-in-text';

/** What annotations of ingress controllers begin with. */
const VENDORS =
  /^(?:[\w.-]*ingress[\w.-]*|haproxy\.(?:org|com)|nginx\.(?:org|com)|konghq\.com|zalando\.org|projectcontour\.io|getambassador\.io|networking\.gke\.io)\//;
/** Those that send the client elsewhere, or change what it sees: no request of the proxy. */
const OF_ANSWERS = /redirect|signin|cors|app-root|rewrite/;
/** Those whose whole value is a Service. */
const OF_SERVICES = /backend|service|upstream|mirror|target/;
const OF_MANNERS = /protocol|vhost|hash|service-upstream/;
/** What only turns something on, or counts. */
const SWITCH = /^\s*(?:true|false|\d+\w?)\s*$/;

/**
 * ING-19: what annotations make of requests is not all read; those that name a Service, or that send requests wherever their
 * variables lead, may be ways to it.
 */
export function annotationDoubts(services: readonly ServiceResource[], network: Network): readonly Doubt[] {
  const { cluster } = network;
  return annotationsOf(cluster)
    .filter((each) => isAnywhere(each) || services.some((service) => leads(each, service, cluster)))
    .map(({ ingress, name }) => ({
      rule: 'ING-19',
      wouldDecide: `an Ingress ${ingress.namespace}/${ingress.name} without ${name}, which may send requests there`,
    }));
}

/** One annotation for a controller, by its name without the prefix. */
interface Annotation {
  readonly ingress: IngressResource;
  readonly name: string;
  readonly text: string;
}

/** Those that may be about requests at all. */
const annotationsOf = rememberedOf(({ ingresses }: Cluster): readonly Annotation[] =>
  ingresses.flatMap((ingress) =>
    [...ingress.annotations]
      .filter(([key, text]) => VENDORS.test(key) && !SWITCH.test(text))
      .map(([key, text]) => ({ ingress, name: key.slice(key.indexOf('/') + 1), text: text.trim().toLowerCase() }))
      .filter(({ name }) => !OF_ANSWERS.test(name)),
  ),
);

function leads({ ingress, name, text }: Annotation, service: ServiceResource, cluster: Cluster): boolean {
  const [bare, ...names] = namesOf(service, cluster);
  if (namesHost(text, { full: [...names, ...service.clusterIps.map(formatIp)] })) return true;
  // What ingress-nginx calls an upstream: namespace, name and port.
  if (name.endsWith('snippet') && text.includes(`${service.namespace}-${bare}-`)) return true;
  const isOfService = OF_SERVICES.test(name) && !OF_MANNERS.test(name);
  if (isOfService && isBareHost(text, `${service.namespace}/${bare}`)) return true;
  return ingress.namespace === service.namespace && (isInUrl(text, bare) || (isOfService && isBareHost(text, bare)));
}

/** Where a request goes that only its variables tell. */
function isAnywhere({ ingress, name, text }: Annotation): boolean {
  const isSnippet = name.endsWith('snippet');
  if (isSnippet && PROGRAM.test(text)) return true;
  const hosts = isSnippet ? passedTo(text) : urlHosts(text);
  return hosts.some((host) => isOpen(host, ingress));
}

/** Languages in which a snippet may choose. */
const PROGRAM = /_by_lua|\bjs_content\b|\buse_backend\b|\bset-dst\b/;

function passedTo(snippet: string): readonly string[] {
  return [...snippet.matchAll(/\w+_pass\s+["']?(?:\w+:\/\/)?([^/;\s"']*)/g)].map(([, host]) => host);
}

function urlHosts(text: string): readonly string[] {
  return [...text.matchAll(/:\/\/([^/\s;"'?]*)/g)].map(([, host]) => host);
}

/** The host that the client names is one of the Ingress, unless it takes every host; the path is none. */
function isOpen(host: string, { rules }: IngressResource): boolean {
  const isBound = rules.length > 0 && rules.every((rule) => rule.host !== undefined && !rule.host.startsWith('*'));
  const known = host.replace(/\$\{?(?:request_uri|uri|is_args|args)\b\}?/g, '');
  return (isBound ? known.replace(/\$\{?(?:host|http_host|best_http_host)\b\}?/g, '') : known).includes('$');
}
