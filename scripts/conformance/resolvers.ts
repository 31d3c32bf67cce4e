import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostsLine, hostsLine, linesFor } from '../../lib/model/dns/hosts-file';
import { type Answer, addressType, type QueryType, type Upstream } from '../../lib/model/dns/record';
import { type DnsClient, resolvConfOf } from '../../lib/model/dns/resolv-conf';
import { candidatesFor, type LookUp, lookUp, type Resolver } from '../../lib/model/dns/resolver';
import { Zone } from '../../lib/model/dns/zone';
import { Network } from '../../lib/model/network';
import { formatIp } from '../../lib/model/values/ip';
import { type SuiteResult, Tally } from './suite';
import { upstreamOf } from './upstream-zone';

interface RecordedLookUp {
  readonly lib: Resolver;
  readonly family: 'inet' | 'unspec';
  readonly name: string;
  /** `[name, 'A:NXDOMAIN', 'AAAA:NODATA']`, in order; with several servers the name ends in `@server`. */
  readonly queries: readonly (readonly string[])[];
  readonly addresses?: readonly string[];
  readonly error?: string;
  readonly answeredBy?: string;
  readonly flaky?: boolean;
}

interface Recording {
  readonly podNamespace: string;
  readonly dnsPolicy: DnsClient['dnsPolicy'];
  readonly dnsConfig?: object;
  readonly resolvConf: string;
  readonly etcHosts: string;
  readonly lookups: readonly RecordedLookUp[];
}

/** A DNS server as the recordings call it. */
interface Server {
  readonly label: string;
  readonly ask: Upstream;
}

/** What a pod of the recordings has to look names up with. */
interface Client {
  readonly searches: readonly string[];
  readonly options: readonly string[];
  readonly servers: readonly Server[];
  readonly hosts: readonly HostsLine[];
}

/** Every look-up that glibc, musl and Go were recorded at: the questions in order, and what the program was told. */
export async function resolvers(data: string): Promise<SuiteResult> {
  const tally = new Tally('look-ups of glibc, musl and Go');
  const folder = join(data, 'recorded', 'resolver');
  const serverAt = readServers(readFileSync(join(folder, 'manifests.json'), 'utf8'));
  for (const file of readdirSync(folder).sort()) {
    if (file === 'manifests.json') continue;
    const recording = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording;
    tally.fact(`${file} resolv.conf`, resolvConfProblem(recording));
    const client = readClient(recording.resolvConf, recording.etcHosts, serverAt);
    for (const each of recording.lookups)
      compare(`${file} ${each.lib} ${each.family} ${each.name}`, each, client, tally);
  }
  return tally.result;
}

/** What differs between the recorded file and the one that the model has for the pod; the node's own part is taken from it. */
function resolvConfProblem({ podNamespace, dnsPolicy, dnsConfig, resolvConf }: Recording): string | undefined {
  const spec = { dnsPolicy, dnsConfig, containers: [{ name: 'c', image: 'c' }] };
  const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'client', namespace: podNamespace }, spec };
  const { cluster } = Network.from([manifest]);
  const [pod] = cluster.podsIn(podNamespace);
  const searches = resolvConf.includes('corp.example') ? ['corp.example'] : [];
  const node = { nameservers: ['192.0.2.53'], searches, options: [] };
  const conf = resolvConfOf({ ...pod, namespace: podNamespace }, cluster.profile.clusterDomain, node);
  const servers = conf.nameservers.map((server) => (typeof server === 'string' ? '10.96.0.10' : server.address));
  const said = JSON.stringify([conf.searches, servers, conf.options]);
  const { valuesOf } = linesOf(resolvConf);
  const recorded = JSON.stringify([valuesOf('search'), valuesOf('nameserver'), valuesOf('options')]);
  return said === recorded ? undefined : `expected ${recorded}, got ${said}`;
}

function linesOf(resolvConf: string): { readonly valuesOf: (key: string) => readonly string[] } {
  const lines = resolvConf.split('\n').map((line) => line.split(' '));
  return { valuesOf: (key) => lines.filter(([word]) => word === key).flatMap(([, ...values]) => values) };
}

function compare(fact: string, recorded: RecordedLookUp, client: Client, tally: Tally): void {
  const said = predict(recorded, client);
  const { queries, addresses, error, answeredBy, flaky } = recorded;
  const expected = JSON.stringify([queries, addresses?.toSorted() ?? error, answeredBy]);
  if (flaky) tally.skip(fact, 'the recording itself changed between two runs');
  else if (said === undefined) tally.skip(fact, 'musl asks all servers at once and takes what comes first');
  else tally.fact(fact, said === expected ? undefined : `expected ${expected}, got ${said}`);
}

/** What the model says, in the words of the recordings; `undefined` where it says that nobody knows. */
function predict({ lib, family, name }: RecordedLookUp, { servers, hosts, ...conf }: Client): string | undefined {
  const types: readonly QueryType[] = family === 'inet' ? ['A'] : ['A', 'AAAA'];
  const local = [...hostsLine(name, [name]), ...linesFor(hosts, name, lib)];
  const wanted = local.filter(({ family }) => types.includes(addressType(family)));
  if (wanted.length > 0) return JSON.stringify([[], wanted.map(({ address }) => formatIp(address!)).sort(), undefined]);
  const asked = lib === 'musl' ? servers : servers.slice(0, 1);
  const found = lookUp(lib, candidatesFor(lib, name, conf, types), types, ({ name }) =>
    types.map((type) => together(asked, name, type)),
  );
  if (found.result === 'unknown') return undefined;
  const labels = servers.length > 1 ? asked.map(({ label }) => `@${label}`) : [''];
  return JSON.stringify([queriesOf(found, labels), ...outcomeOf(found, lib, types)]);
}

/** The one answer of several servers, where they say the same. */
function together(servers: readonly Server[], name: string, type: QueryType): Answer {
  const replies = servers.map((server) => server.ask(name, type));
  const isAlike = replies.every((reply) => replyText(reply, type) === replyText(replies[0], type));
  return isAlike ? replies[0] : { rcode: 'unknown', answers: [], doubts: [] };
}

function queriesOf({ asked }: LookUp, labels: readonly string[]): readonly (readonly string[])[] {
  return asked.flatMap(({ name, types, replies }) =>
    labels.map((label) => [`${name}${label}`, ...replies.map((reply, i) => replyText(reply, types[i]))]),
  );
}

function replyText({ rcode, answers }: Answer, type: QueryType): string {
  return `${type}:${rcode === 'NOERROR' && answers.length === 0 ? 'NODATA' : rcode}`;
}

/** The addresses and the name that had them, or the error. */
function outcomeOf({ result, asked, answers }: LookUp, lib: Resolver, types: readonly QueryType[]): readonly unknown[] {
  if (result === 'found') {
    const addresses = answers.filter(({ type }) => types.includes(type)).map(({ data }) => data);
    return [addresses.sort(), asked.at(-1)!.name];
  }
  if (lib !== 'glibc') return [lib === 'go' ? 'no such host' : 'EAI_NONAME', undefined];
  // Two aliases that lead nowhere are no name for glibc, and a single one is a name without data.
  const isLoneAlias = answers.length > 0 && types.length > 1;
  return [result === 'no-data' && !isLoneAlias ? 'EAI_NODATA' : 'EAI_NONAME', undefined];
}

function readServers(text: string): (address: string) => Server {
  const { manifests, upstreamZone } = JSON.parse(text) as { manifests: readonly object[]; upstreamZone: string };
  const upstream = upstreamOf(upstreamZone);
  const zone = new Zone(Network.from(manifests).cluster, upstream);
  const cluster: Server = { label: 'cluster', ask: (name, type) => zone.answer(name, type) };
  return (address) => (address === '192.0.2.53' ? { label: 'upstream', ask: upstream } : cluster);
}

function readClient(resolvConf: string, etcHosts: string, serverAt: (address: string) => Server): Client {
  const { valuesOf } = linesOf(resolvConf);
  return {
    searches: valuesOf('search'),
    options: valuesOf('options'),
    servers: valuesOf('nameserver').map(serverAt),
    hosts: etcHosts.split('\n').flatMap((line) => {
      const [address, ...names] = line.split(' ');
      return hostsLine(address, names);
    }),
  };
}
