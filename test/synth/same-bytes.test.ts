import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Helm, Include, JsonPatch, Testing, YamlOutputType } from 'cdk8s';
import { Deployment, IngressBackend, Ingress as PlusIngress } from 'cdk8s-plus-28';
import { DnsApp } from 'portolan';
import { emptyFolder } from '../support/folder';
import { chartThat, counting, filesOf, image, shop, withoutHook } from '../support/synth';

const YAML = `
apiVersion: v1
kind: Service
metadata: { name: included, namespace: shop }
spec: { selector: { app.kubernetes.io/name: db }, ports: [{ port: 5432 }] }
`;

/** Like the Helm construct: objects from text that a program wrote. */
class Rendered extends Include {
  constructor(chart: Chart, id: string) {
    const file = join(emptyFolder(), 'rendered.yaml');
    writeFileSync(file, `${YAML}---\n${YAML.replaceAll('included', 'rendered')}`);
    super(chart, id, { url: file });
  }
}

const label = (chart: Chart) =>
  chart.node
    .findAll()
    .filter(ApiObject.isApiObject)
    .forEach((object) => {
      object.metadata.addLabel('rendered', `${object.metadata.getLabel('rendered') ?? ''}x`);
    });

const Mutating = chartThat((chart, inherited) => {
  label(chart);
  return inherited();
});
const Filtering = chartThat((_, inherited) => inherited().filter((object) => !('spec' in object)));
const Copying = chartThat((_, inherited) =>
  inherited().map((object) => ({
    ...object,
    metadata: { ...(object as { metadata: object }).metadata, annotations: { by: 'chart' } },
  })),
);

const additions: Readonly<Record<string, (chart: Chart) => void>> = {
  'workloads that spread': (chart) => void new Deployment(chart, 'spread', { containers: [{ image }], spread: true }),
  'a pure Lazy': (chart) => void counting(chart, 'pure', () => ({ one: 1 })),
  'Lazies that count, one counter for all': (chart) => {
    let renderings = 0;
    const other = new Chart(chart.node.root as App, 'other');
    for (const [home, id] of [
      [other, 'c'],
      [chart, 'b'],
      [chart, 'a'],
    ] as const) {
      counting(home, id, () => ({ renderings: renderings++ }));
    }
    chart.addDependency(other);
  },
  patches: (chart) => {
    const service = chart.node.findAll().find((child) => ApiObject.isApiObject(child) && child.kind === 'Service');
    (service as ApiObject).addJsonPatch(JsonPatch.add('/metadata/annotations', { patched: 'yes' }));
  },
  'included YAML': (chart) => void new Rendered(chart, 'rendered'),
  'dependencies between objects': (chart) => {
    const [first, second] = ['first', 'second'].map((id) => counting(chart, id, () => ({})));
    first.addDependency(second);
  },
  'nested charts': (chart) => void counting(new Chart(chart, 'nested'), 'inner', () => ({})),
  'a validation that changes an object at each pass': (chart) => {
    chart.node.addValidation({
      validate: () => {
        label(chart);
        return [];
      },
    });
  },
  'a validation that adds an object': (chart) => {
    chart.node.addValidation({
      validate: () => {
        counting(chart, `late-${chart.node.children.length}`, () => ({}));
        return [];
      },
    });
  },
  'an object class of its own': (chart) => {
    class Own extends ApiObject {
      override toJson() {
        return { ...super.toJson(), own: true };
      }
    }
    new Own(chart, 'own', { apiVersion: 'v1', kind: 'Own' });
  },
  'frozen constructs': (chart) => {
    Object.freeze(counting(new Chart(chart.node.root as App, 'frozen'), 'object', () => ({})));
    Object.freeze(chart);
  },
  'an Ingress of cdk8s-plus, which has a validation': (chart) => {
    const web = new Deployment(chart, 'web', { containers: [{ image, portNumber: 80 }] });
    new PlusIngress(chart, 'edge', { defaultBackend: IngressBackend.fromService(web.exposeViaService()) });
  },
  'charts that change before they render': (chart) => {
    counting(new Mutating(chart.node.root as App, 'mutating'), 'object', () => ({}));
  },
  'charts that filter what they rendered': (chart) => {
    counting(new Filtering(chart.node.root as App, 'filtering'), 'object', () => ({}));
  },
  'charts that emit copies': (chart) => {
    const copying = new Copying(chart.node.root as App, 'copying', { namespace: 'copies' });
    const api = new DnsApp(copying, 'api', { image, ports: { http: 80 } });
    new DnsApp(copying, 'web', { image, uses: { API: api.port('http').url() } });
  },
};

describe('what is emitted is the same byte for byte with and without the check', () => {
  const types = Object.entries(YamlOutputType).filter(([name]) => Number.isNaN(Number(name)));

  describe.each(types)('%s', (_, type) => {
    test.each(Object.entries(additions))('%s', (_, add) => {
      const emit = () => {
        const outdir = emptyFolder();
        shop(new App({ outdir, yamlOutputType: type as YamlOutputType, recordConstructMetadata: true }), add).synth();
        return filesOf(outdir);
      };
      const files = emit();
      expect(Object.keys(files)).not.toEqual([]);
      expect(files).toEqual(withoutHook(emit));
    });
  });

  test.each(Object.entries(additions))('as one text: %s', (_, add) => {
    const emit = () => shop(Testing.app(), add).synthYaml();
    expect(emit()).toBe(withoutHook(emit));
  });

  test.each(Object.entries(additions))('twice in a row: %s', (_, add) => {
    const emit = () => {
      const app = shop(Testing.app(), add);
      return [app.synthYaml(), app.synthYaml()];
    };
    expect(emit()).toEqual(withoutHook(emit));
  });

  const helm = (() => {
    try {
      return execFileSync('helm', ['version', '--short'], { encoding: 'utf8' });
    } catch {
      return undefined;
    }
  })();
  (helm ? test : test.skip)(`Helm charts${helm ? '' : ' (skipped: there is no helm binary)'}`, () => {
    const chart = emptyFolder();
    execFileSync('helm', ['create', join(chart, 'demo')]);
    const emit = () =>
      shop(Testing.app(), (scope) => new Helm(scope, 'helm', { chart: join(chart, 'demo') })).synthYaml();
    expect(emit()).toBe(withoutHook(emit));
  });
});
