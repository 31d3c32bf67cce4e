import type { IngressControllerSpec } from '../../../../lib/model/cluster/ingress-controller';
import { service } from '../../../support/manifests';
import { answerer, edgesFor, type IngressSpec, withApps } from '../lab';
import { HOST_TABLE, PATH_TABLE } from './api-tables';
import { SCENARIOS, UNSERVED } from './conformance-scenarios';

/** A row of the suite that a controller answers in another way than the API says. */
export interface Differs {
  /** As the title of its test. */
  readonly row: string;
  readonly answer: string;
  readonly because: string;
}

export interface Subject {
  readonly controller: IngressControllerSpec;
  /** Tested too, so that nothing is skipped that would hold. */
  readonly differs: readonly Differs[];
}

const HOST = 'shop.example.com';
/** By which a dump of a whole cluster is told: what it does not have is not there. */
const API_SERVER = service('kubernetes', { clusterIP: '10.96.0.1', ports: [{ port: 443 }] }, 'default');

/** What the API says of Ingresses, asked of one controller: every profile runs it, and tells where it differs and why. */
export function describeController({ controller, differs }: Subject): void {
  const profile = { ingress: [controller] };
  const className = controller.className ?? controller.name;
  const known = new Map(differs.map((each) => [each.row, each]));
  const row = (title: string, expected: string, ask: () => string) => {
    const other = known.get(title);
    known.delete(title);
    test(other ? `${title}, but ${other.answer}: ${other.because}` : title, () => {
      expect(ask()).toBe(other ? other.answer : expected);
      expect(other?.answer).not.toBe(expected);
    });
  };
  const asking = (spec: IngressSpec) => answerer(withApps({ className, ...spec }), profile);

  describe(`controller ${controller.name}`, () => {
    for (const { paths, request, answer, defaultBackend } of PATH_TABLE) {
      const title = `ING-09: ${paths.map(({ path, type = 'Prefix' }) => `${type} ${path}`).join(', ')} with ${request}`;
      row(title, at(answer), () => asking({ rules: { [HOST]: paths }, defaultBackend })(`http://${HOST}${request}`));
    }
    for (const { host, request, matches } of HOST_TABLE) {
      const rules = { [host]: [{ path: '/', to: 'web' }] };
      row(`ING-02: ${host} with ${request}`, at(matches ? 'web' : 404), () => asking({ rules })(`http://${request}/`));
    }
    for (const { feature, ingress, url, method = 'GET', answer } of SCENARIOS.filter(isFirst)) {
      row(`${feature}: ${method} ${url}`, at(answer), () => asking(ingress)(url, { method }));
    }
    row('ingress_class: a class that nobody implements', '404', () =>
      answerer([...withApps(UNSERVED), API_SERVER], profile)('http://ingress-class/'),
    );
    test('ING-15: the requests come from its pods', () => {
      const [edge] = edgesFor(withApps({ className, defaultBackend: 'web' }), profile);
      expect(edge.controller?.pods.length).toBe(1);
    });
    test('all that differs is a row of the suite', () => expect([...known.keys()]).toEqual([]));
  });
}

const at = (answer: string | number) => (typeof answer === 'number' ? String(answer) : `shop/${answer}:80`);

/** The suite of the controllers asks some things twice. */
function isFirst({ url, method }: (typeof SCENARIOS)[number], index: number): boolean {
  return SCENARIOS.findIndex((other) => other.url === url && other.method === method) === index;
}
