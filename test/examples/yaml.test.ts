import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MAIN = join(__dirname, '..', '..', 'lib', 'cli', 'main.ts');
const FOLDER = join(__dirname, '..', '..', 'examples', 'yaml');
const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');

/** Runs a command of the README as it stands there. */
function running(command: string) {
  const argv = command.replaceAll('\\\n', '').trim().split(/\s+/).slice(1);
  const node = spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...argv], { cwd: FOLDER, encoding: 'utf8' });
  return { status: node.status, stdout: node.stdout, stderr: node.stderr };
}

const [holding, broken] = [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text);

test('the promises about plain manifests hold, in the words of the README', () => {
  const [, shown] = /^```text\n(.*?)^```$/ms.exec(readme)!;
  expect(running(holding)).toEqual({ status: 0, stdout: shown, stderr: '' });
});

test('without the policy for lookups they break for that reason (DNS-29)', () => {
  const { status, stdout, stderr } = running(broken);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toMatch(
    /^error\[PTL102\]: `tickets\/web` cannot reach `tickets\/api:http`: the name lookup is blocked/,
  );
  expect(stdout).toMatch(/\n6 promises kept, 2 broken; /);
});
