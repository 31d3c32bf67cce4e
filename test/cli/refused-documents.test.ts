import { stringify } from 'yaml';
import { REFUSED } from '../model/manifest/refused';
import { SOUND } from '../model/manifest/sound';
import { portolan } from './support';

test.each(REFUSED)('$what is refused with code and place, and nothing on stdout', async ({ document, fault }) => {
  const ran = await portolan(['map', 'a.yaml'], { 'a.yaml': stringify(document, { aliasDuplicateObjects: false }) });
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
  const [code] = fault.split(' ');
  expect(ran.stderr).toMatch(new RegExp(`^error\\[${code}\\]: a\\.yaml:\\d+:\\d+: `, 'm'));
  expect(ran.stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
});

test.each([
  ['lists', `${'['.repeat(5000)}${']'.repeat(5000)}`],
  ['objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
])('text that nests 5000 %s is refused like any other', async (_what, text) => {
  const ran = await portolan(['map', 'a.yaml'], { 'a.yaml': `kind: Pod\napiVersion: v1\nmetadata: ${text}\n` });
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^error\[PTL00[12]\]: a\.yaml:\d+:\d+: /m);
});

test.each([
  ['lists', '[', ']'],
  ['objects', '{"a":', '}'],
])('JSON that nests 20000 %s where another value belongs is refused like any other', async (_what, open, close) => {
  const deep = `${open.repeat(20_000)}1${close.repeat(20_000)}`;
  const text = `{"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "a"}, "spec": {}, "status": {"phase": ${deep}}}`;
  const ran = await portolan(['map', 'a.json'], { 'a.json': text });
  expect({ code: ran.code, stdout: ran.stdout }).toEqual({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^error\[PTL002\]: a\.json:1:\d+: /m);
});

test('the documents are taken as they were before', async () => {
  const text = Object.values(SOUND).map((document) => stringify(document, { aliasDuplicateObjects: false }));
  const ran = await portolan(['map', 'a.yaml'], { 'a.yaml': text.join('---\n') });
  expect(ran.code).toBe(0);
  expect(ran.stdout).not.toBe('');
});
