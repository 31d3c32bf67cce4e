import { existsSync, readdirSync } from 'node:fs';
import {
  ApiObject,
  App,
  type AppProps,
  Chart,
  type IResolver,
  JsonPatch,
  type ResolutionContext,
  Testing,
  YamlOutputType,
} from 'cdk8s';
import { Construct } from 'constructs';
import { DnsApp, Intents, NetworkPromiseError, verify } from 'portolan';
import { emptyFolder } from '../support/folder';
import { chartThat, counting, filesOf, image, shop, withoutHook } from '../support/synth';

describe('how often things are done', () => {
  class Counter implements IResolver {
    calls = 0;
    resolve(_: ResolutionContext): void {
      this.calls += 1;
    }
  }

  test.each(['synth', 'synthYaml'] as const)('resolvers are asked by %s as often as without the check', (method) => {
    const count = () => {
      const resolver = new Counter();
      const props: AppProps = { resolvers: [resolver], outdir: emptyFolder() };
      shop(new App(props), (chart) => new Chart(chart.node.root as App, 'second'))[method]();
      return resolver.calls;
    };
    const calls = count();
    expect(calls).toBeGreaterThan(0);
    expect(calls).toBe(withoutHook(count));
  });

  test.each([1, 2, 5])('with %s charts each object is rendered once, and promises are judged once', (charts) => {
    let [renderings, judgements] = [0, 0];
    const app = shop(Testing.app(), (chart) => {
      counting(chart, 'counted', () => ({ renderings: renderings++ }));
      const db = chart.node.findChild('db') as DnsApp<'sql'>;
      const clients = () => {
        judgements += 1;
        return [chart.node.findChild('api') as DnsApp];
      };
      Intents.of(chart).expect(db).toBeReachedOnlyBy(clients);
    });
    for (let more = 1; more < charts; more++) new Chart(app, `chart-${more}`);
    app.synth();
    expect({ renderings, judgements }).toEqual({ renderings: 1, judgements: 1 });
  });

  test.each([1, 2, 5])('an app of %s charts is validated once for itself and once for all of them', (charts) => {
    let validations = 0;
    const app = shop(Testing.app(), (chart) => {
      chart.node.addValidation({
        validate: () => {
          validations += 1;
          return [];
        },
      });
    });
    for (let more = 1; more < charts; more++) new Chart(app, `chart-${more}`);
    app.synth();
    expect(validations).toBe(2);
  });

  test('after a chart with a say in what it emits, the app is validated anew', () => {
    const app = shop(Testing.app());
    const Extending = chartThat((chart, inherited) => {
      chart.node.addValidation({ validate: () => ['too late'] });
      return inherited();
    });
    new Extending(app, 'extending');
    new Chart(app, 'last');
    expect(() => app.synth()).toThrow('[extending] too late');
  });

  test.each<[string, (chart: Chart) => unknown]>([
    ['passes', () => {}],
    ['is refused', (chart) => Intents.of(chart).expect(chart)],
  ])('nothing is left on the tree or its classes by a synth that %s', (_, add) => {
    const methods = [ApiObject.prototype.toJson, Chart.prototype.toJson];
    const app = shop(Testing.app(), add);
    try {
      app.synth();
    } catch (error) {
      expect(error).toBeInstanceOf(NetworkPromiseError);
    }
    const touched = app.node
      .findAll()
      .filter((child) => Object.hasOwn(child, 'toJson') || Object.hasOwn(child, 'charts'));
    expect(touched).toEqual([]);
    expect([ApiObject.prototype.toJson, Chart.prototype.toJson]).toEqual(methods);
  });
});

describe('what was changed while synthesizing is judged as it is written', () => {
  const strip = (chart: Chart) => {
    const policies = chart.node
      .findAll()
      .filter((child) => ApiObject.isApiObject(child) && child.kind === 'NetworkPolicy');
    for (const policy of policies as ApiObject[]) policy.addJsonPatch(JsonPatch.replace('/spec/ingress', []));
  };
  const types = Object.values(YamlOutputType).filter((type): type is YamlOutputType => typeof type === 'number');

  test.each(types)('a validation that breaks a promise after ours was asked, output type %s', (yamlOutputType) => {
    const outdir = emptyFolder();
    const app = shop(new App({ outdir, yamlOutputType }), (chart) => {
      let done = false;
      chart.node.addValidation({
        validate: () => {
          if (!done) strip(chart);
          done = true;
          return [];
        },
      });
    });
    expect(verify(app).findings).toEqual([]);
    expect(() => app.synth()).toThrow(NetworkPromiseError);
    expect(filesOf(outdir)).toEqual({});
  });

  test('a chart that keeps back a policy by which a promise holds', () => {
    const app = Testing.app();
    const Without = chartThat((_, inherited) =>
      inherited().filter((object) => (object as { kind: string }).kind !== 'NetworkPolicy'),
    );
    const chart = new Without(app, 'shop', { namespace: 'shop' });
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    const api = new DnsApp(chart, 'api', { image, uses: { DB: db.port('sql').hostPort() } });
    Intents.of(chart).expect(db).toBeReachedOnlyBy(api);
    expect(verify(app).findings).toEqual([]);
    expect(() => app.synthYaml()).toThrow(NetworkPromiseError);
  });

  test('a chart that changes copies, whose constructs are found by kind and name', () => {
    const app = Testing.app();
    const Opened = chartThat((_, inherited) =>
      inherited().map((object) =>
        (object as { kind: string }).kind === 'NetworkPolicy'
          ? { ...object, spec: { podSelector: {}, ingress: [{}] } }
          : object,
      ),
    );
    const chart = new Opened(app, 'shop', { namespace: 'shop' });
    const db = new DnsApp(chart, 'db', { image, ports: { sql: 5432 } });
    const web = new DnsApp(chart, 'web', { image });
    Intents.of(chart).expect(web).not.toReach(db);
    expect(() => app.synthYaml()).toThrow('[PTL');
  });

  test('a chart that a validation adds', () => {
    const app = shop(Testing.app());
    app.node.addValidation({
      validate: () => {
        if (!app.node.tryFindChild('late')) Intents.of(new Chart(app, 'late')).expect(app);
        return [];
      },
    });
    expect(() => app.synth()).toThrow(NetworkPromiseError);
    expect(readdirSync(app.outdir)).toEqual([]);
  });

  test('an app that writes in its own way', () => {
    class Own extends App {
      readonly written: unknown[] = [];
      override synth() {
        for (const chart of this.node.children) if (Chart.isChart(chart)) this.written.push(...chart.toJson());
      }
    }
    const app = new Own();
    shop(app, (chart) => Intents.of(chart).expect(chart.node.findChild('db') as DnsApp));
    expect(() => app.synth()).toThrow(NetworkPromiseError);
    expect(app.written).toEqual([]);
  });

  test.each(types)('frozen constructs, output type %s', (yamlOutputType) => {
    const app = shop(Testing.app({ yamlOutputType }), (chart) => {
      Intents.of(chart).expect(chart);
      for (const construct of chart.node.findAll()) Object.freeze(construct);
    });
    expect(() => app.synth()).toThrow(NetworkPromiseError);
    expect(filesOf(app.outdir)).toEqual({});
  });

  test.each(types)('objects of a frozen class, and a frozen app, output type %s', (yamlOutputType) => {
    class Frozen extends ApiObject {
      override toJson() {
        return super.toJson();
      }
    }
    Object.freeze(Frozen.prototype);
    const frozenClass = (chart: Chart) => new Frozen(chart, 'frozen', { apiVersion: 'v1', kind: 'Secret' });
    const frozenApp = (chart: Chart) => Object.freeze(chart.node.root);
    for (const freeze of [frozenClass, frozenApp]) {
      const app = shop(Testing.app({ yamlOutputType }), (chart) => {
        Intents.of(chart).expect(chart);
        freeze(chart);
      });
      expect(() => app.synth()).toThrow(NetworkPromiseError);
      expect(filesOf(app.outdir)).toEqual({});
    }
  });

  test.each(types)('a library that wraps the classes of cdk8s, output type %s', (yamlOutputType) => {
    const { toJson: ofChart } = Chart.prototype;
    const { toJson: ofObject } = ApiObject.prototype;
    const { _synthChart } = App as unknown as { readonly _synthChart: (chart: Chart) => object[] };
    const marked = (object: object, mark: string) => {
      const { metadata = {} } = object as { metadata?: { annotations?: object } };
      return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, [mark]: 'seen' } } };
    };
    Chart.prototype.toJson = function () {
      const app = { _synthChart };
      return app._synthChart(this).map((object) => marked(object, 'chart'));
    };
    ApiObject.prototype.toJson = function () {
      return marked(ofObject.call(this), 'object');
    };
    try {
      const emit = () => {
        const app = shop(Testing.app({ yamlOutputType }), (chart) => new Chart(chart.node.root as App, 'second'));
        counting(app.node.findChild('second') as Chart, 'more', () => ({ one: 1 }));
        app.synth();
        return filesOf(app.outdir);
      };
      expect(emit()).toEqual(withoutHook(emit));
    } finally {
      Chart.prototype.toJson = ofChart;
      ApiObject.prototype.toJson = ofObject;
    }
  });

  test('an app whose synth takes arguments', () => {
    class Told extends App {
      readonly told: unknown[] = [];
      override synth(...args: readonly unknown[]) {
        this.told.push(...args);
        super.synth();
      }
    }
    const app = new Told({ outdir: emptyFolder() });
    shop(app).synth();
    app.synth('twice', 2);
    expect(app.told).toEqual(['twice', 2]);
  });

  test('an app without charts, for its promises', () => {
    const app = Testing.app();
    Intents.of(app).expect(app);
    expect(() => app.synth()).toThrow(NetworkPromiseError);
  });
});

describe('a synth within a synth', () => {
  test.each<[string, (app: App) => unknown]>([
    ['of the app', (app) => app.synthYaml()],
    ['of a chart', (app) => Testing.synth(app.node.findChild('shop') as Chart)],
    ['of a list of charts', (app) => app.charts.map((chart) => chart.toJson())],
  ])('%s, by a validation, changes nothing', (_, inner) => {
    const emit = () => {
      let isInside = false;
      const app = shop(Testing.app(), (chart) => {
        let renderings = 0;
        counting(chart, 'counted', () => ({ renderings: renderings++ }));
      });
      const seen: unknown[] = [];
      app.node.addValidation({
        validate: () => {
          if (isInside) return [];
          isInside = true;
          seen.push(inner(app));
          isInside = false;
          return [];
        },
      });
      return [app.synthYaml(), seen];
    };
    expect(emit()).toEqual(withoutHook(emit));
  });

  test('is refused before it writes', () => {
    const app = shop(Testing.app(), (chart) => Intents.of(chart).expect(chart.node.findChild('db') as DnsApp));
    let inner: unknown;
    app.node.addValidation({
      validate: () => {
        if (inner) return [];
        inner = 'running';
        try {
          app.synth();
        } catch (error) {
          inner = error;
        }
        return [];
      },
    });
    expect(() => app.synthYaml()).toThrow(NetworkPromiseError);
    expect(inner).toBeInstanceOf(NetworkPromiseError);
    expect(existsSync(app.outdir) ? readdirSync(app.outdir) : []).toEqual([]);
  });
});

describe('errors of others', () => {
  test('what an object says when it is rendered comes through, and nothing is written', () => {
    const app = shop(Testing.app(), (chart) => {
      counting(new Chart(chart.node.root as App, 'second'), 'broken', () => {
        throw new Error('out of ink');
      });
    });
    expect(() => app.synth()).toThrow('out of ink');
    expect(readdirSync(app.outdir)).toEqual([]);
  });

  test('what a construct finds invalid comes through where all promises hold', () => {
    const app = shop(Testing.app(), (chart) => {
      chart.node.addValidation({ validate: () => ['no captain'] });
    });
    const message = 'Validation failed with the following errors:\n  [shop] no captain';
    expect(() => app.synth()).toThrow(expect.objectContaining({ name: 'Error', message }));
    expect(() => Testing.synth(app.node.findChild('shop') as Chart)).toThrow(message);
  });

  test('what a construct finds invalid after the first pass comes along with what we found', () => {
    const app = shop(Testing.app(), (chart) => {
      let passes = 0;
      chart.node.addValidation({ validate: () => (++passes > 1 ? ['no captain'] : []) });
      Intents.of(chart).expect(chart.node.findChild('db') as DnsApp);
    });
    expect(() => app.synth()).toThrow(
      expect.objectContaining({ name: 'NetworkPromiseError', message: expect.stringContaining('[shop] no captain') }),
    );
  });

  test('a Construct that is no chart may stand anywhere', () => {
    const app = shop(Testing.app());
    new Construct(app, 'group');
    expect(() => app.synth()).not.toThrow();
  });
});

test('a construct that reads another one while it is validated asks for no judgement: the refusal is told as it is', () => {
  const app = shop(Testing.app(), (chart) => {
    const db = chart.node.findChild('db') as DnsApp<'sql'>;
    const stranger = new DnsApp(chart, 'stranger', { image, closed: false });
    chart.node.addValidation({
      validate: () => {
        try {
          ApiObject.of(db.workload).toJson();
          return [];
        } catch (error) {
          return [String(error)];
        }
      },
    });
    Intents.of(chart).expect(stranger).toReach(db.port('sql'));
  });
  expect(() => app.synth()).toThrow(NetworkPromiseError);
});
