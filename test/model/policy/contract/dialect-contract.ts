import { Cluster } from '../../../../lib/model/cluster/cluster';
import { resolveProfile } from '../../../../lib/model/cluster/resolve-profile';
import { parseManifests } from '../../../../lib/model/manifest/parse';
import { Network } from '../../../../lib/model/network';
import { EndpointCompiler } from '../../../../lib/model/policy/endpoint-compiler';
import { enforcerOf } from '../../../../lib/model/policy/enforcers';
import type { PolicyBlock } from '../../../../lib/model/policy/language';
import { ns, pod } from '../../../support/manifests';
import { isSkip, type Skip, skipped } from './skips';

/** What a policy API is asked to say about the pods x/a (the subject), x/b, x/c and y/b. */
export interface Sayings {
  /** a admits b on TCP 80, and nobody else on anything. */
  readonly admits: readonly object[];
  /** a keeps b away on TCP 80, and says nothing else. */
  readonly denies: readonly object[] | Skip;
  /** a leaves b on TCP 80 to whoever comes next, and keeps everybody else away. */
  readonly passes: readonly object[] | Skip;
  /** a admits b on the port called `web` alone. */
  readonly byName: readonly object[];
  /** a admits b on TCP 8000 to 8010 alone. */
  readonly range: readonly object[];
  /** a admits b on SCTP 3868 alone. */
  readonly sctp: readonly object[];
  /** a sends to 192.0.2.0/24 and nowhere else, on any port. */
  readonly network: readonly object[];
  /** a admits pods of namespaces with team=blue, and nobody else. */
  readonly byNamespace: readonly object[];
  /** As `admits`, for pods with a label that no pod has. */
  readonly selectsNobody: readonly object[];
}

export interface DialectUnderTest {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly compile: (cluster: Cluster, compiler: EndpointCompiler) => readonly PolicyBlock[];
  readonly says: Sayings;
  /** Questions that the API's words can't answer as asked, each with the reason. */
  readonly skips?: Readonly<Record<string, Skip>>;
}

const ports = [
  { name: 'web', containerPort: 80 },
  { name: 'alt', containerPort: 8080 },
];
const base = [
  ns('x', { team: 'red' }),
  ns('y', { team: 'blue' }),
  pod('x/a', { ip: '10.0.1.1', ports }),
  pod('x/b', { ip: '10.0.1.2', ports }),
  pod('x/c', { ip: '10.0.1.3', ports }),
  pod('y/b', { ip: '10.0.2.1', labels: { app: 'yb' }, ports }),
];
const outside = '192.0.2.7';

/** What every policy API must come to, whatever its words. */
export function dialectContract({ name, kinds, compile, says, skips = {} }: DialectUnderTest): void {
  const ask = (policies: readonly object[], flow: string, more: readonly object[] = []) => {
    const [ends, port, protocol = 'TCP'] = flow.split(' ');
    const [from, to] = ends.split('>');
    const network = Network.from([...base, ...more, ...policies]);
    return network.reach({ from, to, port: Number(port), protocol: protocol as 'TCP' });
  };

  describe(name, () => {
    const rows: [keyof Sayings, string, string][] = [
      ['admits', 'x/b>x/a 80', 'allowed'],
      ['admits', 'x/b>x/a 81', 'denied'],
      ['admits', 'x/b>x/a 80 UDP', 'denied'],
      ['admits', 'x/c>x/a 80', 'denied'],
      ['admits', `${outside}>x/a 80`, 'denied'],
      ['admits', 'x/a>x/c 80', 'allowed'],
      ['admits', 'x/c>x/b 80', 'allowed'],
      ['admits', 'x/a>x/a 81', 'allowed'],
      ['denies', 'x/b>x/a 80', 'denied'],
      ['denies', 'x/b>x/a 81', 'allowed'],
      ['denies', 'x/c>x/a 80', 'allowed'],
      ['passes', 'x/b>x/a 80', 'allowed'],
      ['passes', 'x/c>x/a 80', 'denied'],
      ['byName', 'x/b>x/a 80', 'allowed'],
      ['byName', 'x/b>x/a 8080', 'denied'],
      ['range', 'x/b>x/a 8000', 'allowed'],
      ['range', 'x/b>x/a 8010', 'allowed'],
      ['range', 'x/b>x/a 8011', 'denied'],
      ['sctp', 'x/b>x/a 3868 SCTP', 'allowed'],
      ['sctp', 'x/b>x/a 3868', 'denied'],
      ['network', `x/a>${outside} 443`, 'allowed'],
      ['network', 'x/a>198.51.100.1 443', 'denied'],
      ['network', 'x/a>x/b 80', 'denied'],
      ['byNamespace', 'y/b>x/a 80', 'allowed'],
      ['byNamespace', 'x/b>x/a 80', 'denied'],
      ['selectsNobody', 'x/c>x/a 80', 'allowed'],
    ];
    for (const [saying, flow, outcome] of rows) {
      const policies = skips[`${saying}: ${flow}`] ?? says[saying];
      if (isSkip(policies)) skipped(name, `${saying}: ${flow}`, policies);
      else test(`${saying}: ${flow} is ${outcome}`, () => expect(ask(policies, flow).outcome).toBe(outcome));
    }

    test('NP-14: a namespace whose labels nobody declares leaves it open, and the rule is named', () => {
      const stranger = pod('z/b', { ip: '10.0.3.1' });
      const { outcome, pairs } = ask(says.byNamespace, 'z/b>x/a 80', [stranger]);
      expect(outcome).toBe('unknown');
      expect(pairs[0].doubts).toEqual([expect.objectContaining({ rule: 'NP-14' })]);
    });

    test('names the policy that decided', () => {
      const hop = ask(says.admits, 'x/b>x/a 80').pairs[0].hops.find((h) => h.hop === 'ingress-policy');
      expect(hop && 'decidedBy' in hop ? hop.decidedBy.map(({ kind }) => kind) : []).toEqual([kinds[0]]);
    });

    const sayings = Object.entries(says).filter(([, policies]) => !isSkip(policies)) as [string, object[]][];

    test.each(sayings)('%s: what surely matches is within what may match', (_, policies) => {
      for (const { rules, isolation } of compiled(policies)) {
        for (const { subject, peer, traffic } of rules) {
          expect(subject.may.pods.covers(subject.must.pods)).toBe(true);
          expect(peer.may.pods.covers(peer.must.pods)).toBe(true);
          expect(peer.may.others.covers(peer.must.others)).toBe(true);
          expect(traffic.may.covers(traffic.must)).toBe(true);
        }
        for (const { subject } of isolation) expect(subject.may.pods.covers(subject.must.pods)).toBe(true);
      }
    });

    test.each(sayings)('%s: every rule tells where it stands and what it wants', (_, policies) => {
      for (const { rules, direction } of compiled(policies)) {
        for (const { origin, wants } of rules) {
          expect(origin).toMatchObject({ kind: kinds[0], direction });
          const own = policies.find((policy) => nameOf(policy) === origin.name);
          expect(valueAt(own, origin.field)).toBeDefined();
          expect(Object.values(wants())).not.toContain('');
        }
      }
    });

    test.each(sayings)('%s: compiles to the same again, whatever the order of policies', (_, policies) => {
      const inWords = (blocks: readonly PolicyBlock[]) => blocks.map((block) => JSON.stringify(block.order)).sort();
      expect(inWords(compiled([...policies].reverse()))).toEqual(inWords(compiled(policies)));
    });
  });

  function compiled(policies: readonly object[]): readonly PolicyBlock[] {
    const parsed = parseManifests([...base, ...policies].map((object) => ({ object, origin: {} })));
    expect(parsed.faults).toEqual([]);
    const { profile } = resolveProfile({ object: {}, origin: {} });
    const cluster = new Cluster(parsed.resources, profile);
    const compiler = new EndpointCompiler(cluster, enforcerOf(profile));
    return compile(cluster, compiler);
  }
}

function nameOf(manifest: object): string {
  return (manifest as { metadata: { name: string } }).metadata.name;
}

function valueAt(manifest: unknown, field: readonly (string | number)[]): unknown {
  return field.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)?.[step], manifest);
}
