/** A place that a text names: a host, and the port where it tells one. */
export interface NamedPlace {
  readonly host: string;
  readonly port?: number;
  /** As it stands in the text. */
  readonly text: string;
  /** A URL leaves no doubt that a host is meant; `name:80` may be something else. */
  readonly isUrl: boolean;
}

const URL = /\b([a-z][a-z0-9+.-]*):\/\/([^\s/?#"'<>]+)/gi;
const HOST_AND_PORT = /^([a-z](?:[a-z0-9.-]*[a-z0-9])?):(\d{1,5})$/i;
const CLUSTER_NAME = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.svc(?:\.[a-z0-9.-]*[a-z0-9])?\.?$/i;
const LABELS = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.?$/i;

/** Ports that a URL means where it names none. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

/** The hosts that an environment variable or an argument names, as far as their form leaves no doubt. */
export function placesIn(text: string): readonly NamedPlace[] {
  const urls = [...text.matchAll(URL)].flatMap(([whole, scheme, authority]) => inUrl(whole, scheme, authority));
  if (urls.length > 0) return urls;
  // `--db=name:5432`, and lists such as `a:9092,b:9092`.
  const value = text.replace(/^--?[\w.-]+=/, '');
  return value.split(',').flatMap((part) => inWord(part.trim()));
}

function inUrl(whole: string, scheme: string, authority: string): readonly NamedPlace[] {
  const hosts = authority.slice(authority.lastIndexOf('@') + 1).split(',');
  return hosts.flatMap((part) => {
    const [, host, port] = /^([^:]+)(?::(\d{1,5}))?$/.exec(part) ?? [];
    if (!host || !isName(host)) return [];
    return [{ host, port: port ? Number(port) : DEFAULT_PORTS[scheme.toLowerCase()], text: whole, isUrl: true }];
  });
}

function inWord(word: string): readonly NamedPlace[] {
  const [, host, port] = HOST_AND_PORT.exec(word) ?? [];
  if (host && isName(host)) return [{ host, port: Number(port), text: word, isUrl: false }];
  return CLUSTER_NAME.test(word) && isName(word) ? [{ host: word, text: word, isUrl: false }] : [];
}

/** A name that the DNS may know: no address, nothing that a shell or a template fills in. */
function isName(host: string): boolean {
  return LABELS.test(host) && /[a-z]/i.test(host) && !/^localhost$|\.local$/i.test(withoutCluster(host));
}

/** `.cluster.local` is a cluster's own, `.local` alone is of the local link. */
function withoutCluster(host: string): string {
  return host.replace(/\.cluster\.local\.?$/i, '');
}
