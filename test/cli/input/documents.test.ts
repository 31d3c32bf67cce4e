import fc from 'fast-check';
import { readDocuments } from '../../../lib/cli/input/documents';

const objectsOf = (text: string, file = 'a.yaml') => {
  const { manifests, faults } = readDocuments(file, text);
  expect(faults).toEqual([]);
  return manifests.map(({ object }) => object);
};
const head = 'apiVersion: v1\nkind: Pod\n';

describe('documents', () => {
  test('stand one after the other, and empty ones count for nothing', () => {
    const text = `---\n# a comment\n---\n${head}\n---\n---\nnull\n...\n---\n{apiVersion: v1, kind: Node}\n`;
    expect(objectsOf(text)).toEqual([
      { apiVersion: 'v1', kind: 'Pod' },
      { apiVersion: 'v1', kind: 'Node' },
    ]);
    expect(objectsOf('')).toEqual([]);
  });

  test('know the line on which they begin', () => {
    const { manifests } = readDocuments('a.yaml', `# first\n\n${head}---\n# second\n${head}`);
    expect(manifests.map(({ origin }) => origin.position?.line)).toEqual([3, 7]);
  });

  test.each([
    ['a map without apiVersion and kind', 'a: 1\n'],
    ["a Chart.yaml, which has an apiVersion of Helm's", 'apiVersion: v2\nname: shop\n'],
    ['a list', '- a\n'],
    ['text', 'hello\n'],
  ])('%s gives a warning, not a fault', (_what, text) => {
    expect(readDocuments('a.yaml', `# comment\n${text}`)).toEqual({
      manifests: [],
      faults: [],
      warnings: ['a.yaml:2: skipped a document that is no Kubernetes object (no apiVersion and kind)'],
    });
  });

  test('an object that lacks but one of apiVersion and kind is left to be faulted', () => {
    expect(objectsOf('kind: NetworkPolicy\nmetadata: {name: a}\n')).toHaveLength(1);
  });
});

describe('JSON', () => {
  test('is read as such', () => {
    expect(objectsOf('\uFEFF{"apiVersion":"v1","kind":"Pod","on":"a"}', 'a.json')).toEqual([
      { apiVersion: 'v1', kind: 'Pod', on: 'a' },
    ]);
  });

  test('of another tool gives a warning', () => {
    expect(readDocuments('a.json', '[{"a": 1}]').warnings).toEqual([
      'a.json:1: skipped a document that is no Kubernetes object (no apiVersion and kind)',
    ]);
  });

  test('that loses a key to another of the same name is refused', () => {
    const text = '{"apiVersion":"v1","kind":"Pod",\n "spec":{}, "a\\":b": "\\"c\\": {",\n "spec":{}}';
    expect(readDocuments('a.json', text).faults).toMatchObject([
      { code: 'PTL001', problem: 'the same key stands twice in one map', origin: { position: { line: 3, column: 2 } } },
    ]);
    expect(objectsOf(text.replace('"spec":{}}', '"other":{}}'), 'a.json')).toHaveLength(1);
  });

  test('that is cut off is refused where it ends', () => {
    expect(readDocuments('a.json', '{"apiVersion":"v1",\n"kind":').faults[0]).toMatchObject({
      code: 'PTL001',
      origin: { position: { file: 'a.json', line: 2 } },
    });
  });
});

describe('YAML as kubectl reads it', () => {
  const valueIn = (written: string) => (objectsOf(`${head}value: ${written}\n`)[0] as { value: unknown }).value;

  test.each<[string, unknown]>([
    ['yes', true],
    ['On', true],
    ['y', true],
    ['no', false],
    ['OFF', false],
    ['"yes"', 'yes'],
    ['yesterday', 'yesterday'],
    ['~', null],
    ['', null],
    ['8080', 8080],
    ['+1', 1],
    ['-1', -1],
    ['0777', 511],
    ['0o17', 15],
    ['0x1F', 31],
    ['-0b11', -3],
    ['1_000', 1000],
    ['089', 89],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.10', 1.1],
    ['.inf', Number.POSITIVE_INFINITY],
    ['22:22', '22:22'],
    ['2026-01-02', '2026-01-02'],
    ['1.2.3', '1.2.3'],
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['!other tag', 'tag'],
    ['!!str 80', '80'],
    ['|\n  two\n  lines', 'two\nlines\n'],
  ])('%s is %j', (written, value) => {
    expect(valueIn(written)).toEqual(value);
  });

  test('anchors and merge keys', () => {
    const text = `${head}base: &base {app: web, team: a}\nlabels: {<<: *base, app: db}\nagain: *base\n`;
    expect(objectsOf(text)).toMatchObject([{ labels: { app: 'db', team: 'a' }, again: { app: 'web', team: 'a' } }]);
  });

  test('an anchor may be used as often as a long file wants', () => {
    const uses = Array.from({ length: 500 }, (_, index) => `l${index}: *labels\n`).join('');
    expect(objectsOf(`${head}labels: &labels {app: web}\n${uses}`)).toHaveLength(1);
  });
});

describe('PTL001', () => {
  const faultsOf = (text: string) =>
    readDocuments('a.yaml', text).faults.map(({ code, problem, origin }) => {
      expect(code).toBe('PTL001');
      return `${origin.position?.line}:${origin.position?.column} ${problem}`;
    });

  test('a key twice in one map', () => {
    expect(faultsOf(`${head}spec:\n  a: 1\n  a: 2\n`)).toEqual(['5:3 the same key stands twice in one map']);
  });

  test('every fault of the text is told, and sound documents are read all the same', () => {
    const { manifests, faults } = readDocuments('a.yaml', `a: [1\n---\n${head}---\nb: *none\n---\nc: "open\n`);
    expect(manifests).toHaveLength(1);
    expect(new Set(faults.map(({ origin }) => origin.position?.line)).size).toBe(3);
  });

  test('an alias without an anchor', () => {
    expect(faultsOf(`${head}spec: *none\n`)).toEqual(['3:7 there is no anchor "none" above']);
  });

  test('anchors that multiply beyond measure', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]\n`;
    const text = `${head}a: &a [x]\n${[...'bcdefgh'].map((name, index) => level(name, 'abcdefg'[index])).join('')}`;
    expect(faultsOf(text)).toEqual(['1:1 excessive alias count indicates a resource exhaustion attack']);
  });

  test('an anchor within what it names', () => {
    expect(faultsOf(`${head}metadata: &a {name: *a}\n`)).toEqual(['1:1 an anchor stands within what it names']);
  });

  test('a merge key of something that is no map', () => {
    expect(faultsOf(`${head}spec: {<<: text}\n`)).toEqual(['1:1 merge sources must be maps or map aliases']);
  });

  test('a template that was not filled in', () => {
    const template = '`{{` begins a template, which has to be rendered first (Helm: `helm template`)';
    expect(faultsOf(`${head}metadata:\n  name: {{ .Values.name }}\n`)).toEqual([`4:9 ${template}`]);
    expect(faultsOf(`{{- if .Values.on }}\n${head}{{- end }}\n`)).toEqual([`1:1 ${template}`]);
  });

  test('a list as a key', () => {
    expect(faultsOf(`${head}? [a]\n: 1\n`)).toEqual(['3:3 a key must be text']);
  });

  test('a tab that stands for blanks', () => {
    expect(faultsOf(`${head}spec:\n\ta: 1\n`)[0]).toMatch(/^4:/);
  });
});

test('whatever becomes of a text, reading it never throws, and every fault has its place', () => {
  const text = `${head}metadata: &meta\n  name: a\nspec: {<<: *meta, list: [1, "two"]}\n---\n- "a"\n`;
  const bits = [
    ...'{}[]:-|>&*!#"\'\t\n\u0000',
    '- ',
    ': ',
    '---\n',
    '&meta ',
    '*meta',
    '<<: ',
    '!!map ',
    '%YAML 1.1\n',
    '{{ .x }}',
  ];
  const cuts = fc.array(fc.record({ at: fc.nat(text.length), cut: fc.nat(3), bit: fc.constantFrom(...bits) }), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(cuts, (steps) => {
      const broken = steps.reduce((t, { at, cut, bit }) => t.slice(0, at) + bit + t.slice(at + cut), text);
      for (const { problem, origin } of readDocuments('a.yaml', broken).faults) {
        expect(problem).not.toBe('');
        expect(origin.position?.line).toBeGreaterThan(0);
        expect(origin.position?.column).toBeGreaterThan(0);
      }
    }),
    { numRuns: 1000 },
  );
});
