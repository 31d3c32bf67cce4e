import { existsSync, readdirSync } from 'node:fs';
import { ApiObject, Chart, Include, JsonPatch, Testing } from 'cdk8s';
import { Deployment, Service } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { Cni, DnsApp, Intents, internet, NetworkPolicy, NetworkPromiseError, PodNetwork, pods, verify } from 'portolan';

const image = 'shop/api:3';

/** An app with a promise that its policies keep. */
function shop(app = Testing.app()) {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
  const api = new DnsApp(chart, 'api', { image, uses: { DB: db.port('sql').hostPort() } });
  const web = new DnsApp(chart, 'web', { image, ports: { http: 80 } });
  const intents = Intents.of(chart);
  intents.expect(db).toBeReachedOnlyBy(api);
  return { app, chart, db, api, web, intents };
}

/** The same with a promise that they break. */
function brokenShop(app = Testing.app()) {
  const parts = shop(app);
  const last = parts.intents.expect(parts.web).toReach(parts.db.port('sql'));
  return { ...parts, last };
}

function refusalOf(run: () => unknown): NetworkPromiseError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(NetworkPromiseError);
    return error as NetworkPromiseError;
  }
  throw new Error('the synth was not refused');
}

describe('an app whose promises are kept', () => {
  test('synthesizes in silence', () => {
    const [out, err] = [jest.spyOn(process.stdout, 'write'), jest.spyOn(process.stderr, 'write')];
    const { app } = shop();
    app.synth();
    expect(readdirSync(app.outdir)).toEqual(['shop.k8s.yaml']);
    expect([...out.mock.calls, ...err.mock.calls]).toEqual([]);
    jest.restoreAllMocks();
  });

  test('tells scripts what it kept', () => {
    const report = verify(shop().chart);
    expect(report.findings).toEqual([]);
    expect(report.kept.map(({ intent }) => intent.id)).toEqual(['shop/api#uses/shop/db:sql', 'shop#1']);
  });
});

describe('an app with a broken promise', () => {
  test.each<[string, (parts: ReturnType<typeof brokenShop>) => unknown]>([
    ['app.synth()', ({ app }) => app.synth()],
    ['app.synthYaml()', ({ app }) => app.synthYaml()],
    ['Testing.synth(chart)', ({ chart }) => Testing.synth(chart)],
    ['synth of another chart', ({ app }) => Testing.synth(new Chart(app, 'other'))],
  ])('is refused by %s, and nothing is written', (_, synth) => {
    const parts = brokenShop();
    const refusal = refusalOf(() => synth(parts));
    expect(refusal.report.findings.map(({ intent }) => intent.id)).toEqual(['shop#2']);
    expect(existsSync(parts.app.outdir) ? readdirSync(parts.app.outdir) : []).toEqual([]);
  });

  test('is told with the line that promised', () => {
    const { app, web, db, intents } = shop();
    intents.expect(web).toReach(db.port('sql'));
    const line = Number(/verifier\.test\.ts:(\d+)/.exec(new Error().stack!)![1]) - 1;
    expect(refusalOf(() => app.synth()).message).toContain(`test/synth/verifier.test.ts:${line}`);
  });

  test('is judged anew by every synth', () => {
    const { app, db, web } = brokenShop();
    refusalOf(() => app.synthYaml());
    web.use(db.port('sql'));
    expect(refusalOf(() => app.synthYaml()).report.findings.map(({ intent }) => intent.id)).toEqual(['shop#1']);
  });

  test('does not hide what other constructs have to say', () => {
    const { app, chart } = brokenShop();
    chart.node.addValidation({ validate: () => ['a chart is missing its captain'] });
    expect(refusalOf(() => app.synth()).message).toContain('[shop] a chart is missing its captain');
  });

  test('prints as its message and the call of synth', () => {
    const { app } = brokenShop();
    const refusal = refusalOf(() => app.synth());
    const [frame, ...more] = refusal.stack!.slice(`NetworkPromiseError: ${refusal.message}\n`.length).split('\n');
    expect(frame).toContain('verifier.test.ts');
    expect(more).toEqual([]);
    expect(Object.keys(refusal)).toEqual([]);
  });
});

describe('what the check reads', () => {
  test('every object of the app, whatever made it', () => {
    const { app, chart, intents, web } = shop();
    const plus = new Deployment(chart, 'plus', { containers: [{ image, ports: [{ number: 80, name: 'http' }] }] });
    new NetworkPolicy(chart, 'plus-in', { appliesTo: plus, allowFrom: [] });
    intents.expect(plus).not.toReach(web);
    intents.expect(pods({ app: 'elsewhere' })).not.toReach(plus);
    expect(() => app.synthYaml()).not.toThrow();
  });

  test('objects as they are after patches, so that `uses` proves nothing about itself', () => {
    const { app, db } = shop();
    const pods = '/spec/template/metadata/labels/app.kubernetes.io~1name';
    ApiObject.of(db.workload).addJsonPatch(JsonPatch.replace(pods, 'database'));
    const { findings } = refusalOf(() => app.synth()).report;
    expect(findings.map(({ intent }) => intent.id)).toContain('shop/api#uses/shop/db:sql');
  });

  test('a half-built object is left to its own error', () => {
    const { app, chart } = shop();
    new Service(chart, 'unfinished');
    expect(() => app.synth()).toThrow('A service must be configured with a port');
  });

  test('invalid manifests are refused as well', () => {
    const { app, chart } = shop();
    new Include(chart, 'nothing', { url: `${__dirname}/bad-policy.yaml` });
    expect(refusalOf(() => app.synth()).report.faults).toHaveLength(1);
  });

  test('the cluster that the app describes', () => {
    const { app } = shop();
    new PodNetwork(app, 'network', { cni: Cni.flannel() });
    const { findings } = refusalOf(() => app.synth()).report;
    expect(findings).toMatchObject([{ code: 'PTL301', blame: { construct: 'network' } }]);
  });
});

describe('how often promises are judged', () => {
  test('anew by every synth of the app, so that lists which grow meanwhile are complete', () => {
    const { app, intents, db, api } = shop();
    let readings = 0;
    intents.expect(db).toBeReachedOnlyBy(() => {
      readings += 1;
      return [api];
    });
    app.synth();
    expect(readings).toBe(1);
    app.synth();
    expect(readings).toBe(2);
  });

  test('once for charts that are synthesized one by one, while nothing changes', () => {
    const { app, chart } = brokenShop();
    const second = new Chart(app, 'second');
    const [one, other] = [chart, second].map((each) => refusalOf(() => Testing.synth(each)).report);
    expect(other).toBe(one);
  });

  const listed = () => {
    const parts = brokenShop();
    const clients = [parts.api];
    parts.intents.expect(parts.db).toBeReachedOnlyBy(() => clients);
    return { ...parts, clients };
  };

  test.each<[string, (parts: ReturnType<typeof listed>) => unknown]>([
    ['an object changes', ({ db }) => ApiObject.of(db.workload).addJsonPatch(JsonPatch.add('/metadata/labels', {}))],
    ['the cluster is described', ({ app }) => new PodNetwork(app, 'network', { podCidr: '10.0.0.0/16' })],
    ['a promise is made', ({ intents, api, db }) => intents.expect(api).toReach(db.port('sql'))],
    ['a promise has a reason', ({ last }) => last.because('of the auditors')],
    ['a list of a promise grows', ({ clients, web }) => clients.push(web)],
  ])('anew when %s', (_, change) => {
    const parts = listed();
    const before = refusalOf(() => Testing.synth(parts.chart)).report;
    change(parts);
    expect(refusalOf(() => Testing.synth(parts.chart)).report).not.toBe(before);
  });
});

test('a chart that changes the tree while it synthesizes is judged as it is then', () => {
  class Late extends Chart {
    override toJson() {
      new Construct(this, `late-${this.node.children.length}`);
      Intents.of(this).expect(internet);
      return super.toJson();
    }
  }
  const { app } = shop();
  new Late(app, 'late');
  refusalOf(() => app.synthYaml());
});
