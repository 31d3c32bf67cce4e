import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SHOP } from './support';

const MAIN = join(__dirname, '..', '..', 'lib', 'cli', 'main.ts');

function start(argv: readonly string[], input: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...argv], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('the command answers on standard output and exits with 0', () => {
  const { status, stdout, stderr } = start(['map', '-'], SHOP);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('shop/api[Deployment] => shop/db[Deployment] : TCP 5432\n');
});

test('bad input exits with 2 and quotes the line, from standard input too', () => {
  const { status, stdout, stderr } = start(
    ['map', '-'],
    'apiVersion: v1\nkind: Service\nmetadata: {name: UPPER}\nspec: {ports: [{port: 80}]}\n',
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^error\[PTL014\]: <stdin>:3:\d+: /);
  expect(stderr).toMatch(/^ +3 . metadata: \{name: UPPER\}$/m);
});

test('a reader that leaves early ends the command without a word', () => {
  const command = `"${process.execPath}" --import tsx "${MAIN}" map - | head -n 1`;
  const { stdout, stderr } = spawnSync('sh', ['-c', command], { input: SHOP, encoding: 'utf8' });
  expect(stdout.split('\n')).toHaveLength(2);
  expect(stderr).toBe('');
});

// Only Linux has a device that is always full.
(existsSync('/dev/full') ? test : test.skip)('an answer that cannot be written is told in one line', () => {
  const command = `"${process.execPath}" --import tsx "${MAIN}" map - > /dev/full`;
  const { status, stderr } = spawnSync('sh', ['-c', command], { input: SHOP, encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'error: the answer cannot be written (ENOSPC)\n' });
});
