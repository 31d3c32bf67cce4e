import { symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type InputIo, nodeIo } from '../../../lib/cli/input/files';
import { readInputs } from '../../../lib/cli/input/read';
import { folderOf } from '../../support/folder';

const podNamed = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;
const nameOf = (object: unknown) => (object as { metadata: { name: string } }).metadata.name;
const namesIn = (...paths: string[]) => readInputs(paths).manifests.map(({ object }) => nameOf(object));

describe('folders', () => {
  test('are walked for YAML and JSON in the order of code units, whatever the file system says', () => {
    const files = {
      'b.yaml': podNamed('b'),
      'B.yml': podNamed('B'),
      'a/z.yaml': podNamed('a-z'),
      'a.yaml': podNamed('a'),
      'c.json': '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"c"}}',
      'README.md': '# not read',
      'values.yaml.tpl': '{{',
    };
    expect(namesIn(folderOf(files))).toEqual(['B', 'a', 'a-z', 'b', 'c']);
  });

  test('without any such file give a warning', () => {
    const folder = folderOf({ 'README.md': '' });
    const { warnings, faults } = readInputs([folder]);
    expect({ warnings, faults }).toEqual({
      warnings: [`${folder}: no file that ends in .yaml, .yml or .json`],
      faults: [],
    });
  });

  test('are not followed through links, which may lead round in circles', () => {
    const folder = folderOf({ 'a.yaml': podNamed('a'), 'sub/b.yaml': podNamed('b') });
    symlinkSync(folder, join(folder, 'sub', 'round'));
    symlinkSync(join(folder, 'a.yaml'), join(folder, 'sub', 'c.yaml'));
    expect(namesIn(folder)).toEqual(['a', 'b', 'a']);
  });
});

test('files stand in positions as they were given, and each is read once', () => {
  const folder = folderOf({ 'a.yaml': podNamed('a') });
  const path = relative(process.cwd(), join(folder, 'a.yaml'));
  const { manifests, textOf } = readInputs([path, folder, `${folder}/`]);
  expect(manifests.map(({ origin }) => origin)).toEqual([{ position: { file: path, line: 1, column: 1 } }]);
  expect(textOf(path)).toBe(podNamed('a'));
});

test('standard input is one more text', () => {
  const io: InputIo = { ...nodeIo, readStdin: () => `# from a pipe\n${podNamed('a')}` };
  const { manifests, textOf } = readInputs(['-', '-'], io);
  expect(manifests.map(({ origin }) => origin.position)).toEqual([{ file: '<stdin>', line: 2, column: 1 }]);
  expect(textOf('<stdin>')).toContain('# from a pipe');
});

test('PTL013: a path that leads nowhere is a fault, and the others are still read', () => {
  const folder = folderOf({ 'a.yaml': podNamed('a') });
  const { manifests, faults } = readInputs([`${folder}/none.yaml`, folder]);
  expect(faults).toEqual([
    {
      code: 'PTL013',
      got: `${folder}/none.yaml`,
      problem: 'there is no such file or folder',
      expected: 'a file, a folder, or - for standard input',
      origin: {},
    },
  ]);
  expect(manifests).toHaveLength(1);
});

test('PTL013: a file that may not be read is a fault of its own', () => {
  const io: InputIo = {
    ...nodeIo,
    typeOf: () => 'file',
    readFile: () => {
      throw Object.assign(new Error(), { code: 'EACCES' });
    },
  };
  expect(readInputs(['a.yaml'], io).faults).toMatchObject([
    { code: 'PTL013', got: 'a.yaml', problem: 'the permission to read it is missing' },
  ]);
});

test.each(['utf16le', 'latin1'] as const)(
  'PTL013: a file in %s is refused, and no object in it passed over',
  (encoding) => {
    const folder = folderOf({ 'a.yaml': podNamed('a') });
    writeFileSync(join(folder, 'b.yaml'), Buffer.from(`\uFEFF${podNamed('b')}`, encoding));
    expect(readInputs([folder]).faults).toMatchObject([
      {
        code: 'PTL013',
        got: `${folder}/b.yaml`,
        problem: 'it is no text in UTF-8',
        expected: expect.stringContaining('UTF-16'),
      },
    ]);
  },
);
