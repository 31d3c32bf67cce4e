import { App, Chart, Testing } from 'cdk8s';
import { Cni, DnsApp, Intents, NetworkPromiseError, PodNetwork, verify } from 'portolan';

const image = 'shop/api:3';

/** A shop in which `web` reaches `db`, which is promised not to be. */
function shop() {
  const app = new App({ outdir: Testing.app().outdir });
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 }, closed: false });
  const web = new DnsApp(chart, 'web', { image, closed: false });
  const handle = Intents.of(chart).expect(web).not.toReach(db);
  return { app, chart, db, web, handle };
}

/** What goes to standard error while it runs. */
function warningsOf(run: () => unknown): string {
  const written: string[] = [];
  const stderr = jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  try {
    run();
  } finally {
    stderr.mockRestore();
  }
  return written.join('');
}

describe('acknowledge', () => {
  test('lets a finding of its subtree pass, and the report lists it with the reason', () => {
    const { app, chart } = shop();
    expect(() => app.synthYaml()).toThrow(NetworkPromiseError);
    Intents.of(chart).acknowledge({ id: 'PTL104[shop#1]', reason: 'until the new edge is there' });
    expect(() => app.synthYaml()).not.toThrow();
    expect(verify(app).acknowledged).toMatchObject([{ by: { reason: 'until the new edge is there', scope: 'shop' } }]);
  });

  test('from a sibling lets nothing pass', () => {
    const { app } = shop();
    const other = new Chart(app, 'other');
    Intents.of(other).acknowledge({ id: 'PTL104', reason: 'not mine' });
    expect(() => app.synthYaml()).toThrow('nothing is found that the acknowledgement of `PTL104` is for');
  });

  test.each([
    ['no reason', { id: 'PTL104', reason: ' ' }, 'without a reason'],
    ['no id', { id: 'the one about web', reason: 'seen' }, 'give the id of a finding'],
    ['a fault of the input', { id: 'PTL002', reason: 'seen' }, 'no matter of responsibility'],
  ])('is refused with %s', (_, props, message) => {
    expect(() => Intents.of(shop().chart).acknowledge(props)).toThrow(message);
  });
});

describe('assume', () => {
  test('NP-37: has promises judged as if something on the cluster enforced policies', () => {
    const app = new App({ outdir: Testing.app().outdir });
    new PodNetwork(app, 'network', { cni: Cni.flannel() });
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    Intents.of(chart)
      .expect(db)
      .toBeReachedOnlyBy(() => []);
    expect(() => app.synthYaml()).toThrow('PTL301');
    Intents.of(app).assume('NetworkPolicy', { because: 'kube-network-policies runs as a DaemonSet' });
    expect(() => app.synthYaml()).not.toThrow();
  });

  test.each([
    ['without a reason', 'NP-17', '', 'without a reason'],
    ['of what is no rule', 'the best', 'I hope', 'give the number of a rule'],
  ])('is refused %s', (_, fact, because, message) => {
    expect(() => Intents.of(shop().chart).assume(fact as 'NP-17', { because })).toThrow(message);
  });
});

test('a promise of severity warning is told on standard error, once, and refuses nothing', () => {
  const { app, handle } = shop();
  new Chart(app, 'second');
  handle.severity('warning');
  const told = warningsOf(() => app.synth());
  expect(told.match(/^warning\[PTL104\]/gm)).toHaveLength(1);
});
