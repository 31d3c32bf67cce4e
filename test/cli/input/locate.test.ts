import { readDocuments } from '../../../lib/cli/input/documents';
import type { FieldPart, FieldPath } from '../../../lib/model/finding/origin';
import { parseManifests } from '../../../lib/model/manifest/parse';

const TEXT = `# two documents
apiVersion: v1
kind: Pod
metadata: {name: a}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: &meta
  name: db
  labels:
copy: *meta
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock:
            cidr: 10.0.0.1/33
      ports: [{port: 80}, {port: 70000}]
`;

function find(field: FieldPath, part?: FieldPart): string {
  const found = readDocuments('a.yaml', TEXT).manifests[1].locate?.(field, part);
  return `${found?.line}:${found?.column}`;
}

test.each<[string, FieldPath, string]>([
  ['a scalar stands where its value does', ['metadata', 'name'], '9:9'],
  ['so does one deep in the document', ['spec', 'ingress', 0, 'from', 0, 'ipBlock', 'cidr'], '17:19'],
  ['a value on one line stands where it begins', ['spec', 'podSelector'], '13:16'],
  ['an item of a list on one line too', ['spec', 'ingress', 0, 'ports', 1, 'port'], '18:34'],
  ['a block on the lines below stands where its name does', ['spec', 'ingress'], '14:3'],
  ['an item of such a list where it begins', ['spec', 'ingress', 0], '15:7'],
  ['a name with nothing after it stands for itself', ['metadata', 'labels'], '10:3'],
  ['a field that is missing stands where the one around it does', ['spec', 'egress', 0, 'to'], '12:1'],
  ['also within one line', ['spec', 'podSelector', 'matchLabels'], '13:3'],
  ['also within an item', ['spec', 'ingress', 0, 'to'], '15:7'],
  ['a field of no document at all stands where the document begins', ['status'], '6:1'],
  ['the document itself too', [], '6:1'],
  ['a field behind an alias stands where it was written', ['copy', 'name'], '9:9'],
])('%s', (_what, field, place) => {
  expect(find(field)).toBe(place);
});

test('the name of a field can be asked for', () => {
  expect([find(['metadata', 'name'], 'key'), find(['spec', 'podSelector'], 'key')]).toEqual(['9:3', '13:3']);
});

test('the faults of an object are found in its file', () => {
  const { manifests } = readDocuments('a.yaml', TEXT.replace('copy: *meta\n', ''));
  const places = parseManifests(manifests.slice(1)).faults.map(({ code, origin: { position } }) => [code, position]);
  expect(places).toEqual([
    ['PTL005', { file: 'a.yaml', line: 16, column: 19 }],
    ['PTL007', { file: 'a.yaml', line: 17, column: 34 }],
  ]);
});

test('fields are found in JSON as well, with tabs and in the items of a List', () => {
  const text = `{\n\t"apiVersion": "v1",\n\t"kind": "List",\n\t"items": [\n\t\t{"apiVersion": "v1", "kind": "Pod"}\n\t]\n}\n`;
  const [manifest] = readDocuments('a.json', text).manifests;
  expect(manifest.locate?.(['items', 0, 'kind'])).toEqual({ file: 'a.json', line: 5, column: 32 });
  expect(manifest.locate?.(['items', 0, 'metadata'])).toEqual({ file: 'a.json', line: 5, column: 3 });
});
