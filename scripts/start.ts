/** What `npm start` runs once all is installed and built: the real cdk8s command on the example app. */
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';

const CLI = path.join(path.dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
const NEXT_STEPS = `
The YAML lies in dist/. Next:
  npx portolan map dist          who may connect to whom
  examples/online-boutique/      delete a line of \`uses\`, run this again, and read why it is refused
`;

// The command would ask the registry for a newer version of itself.
const { status } = spawnSync(process.execPath, [CLI, 'synth', '--check-upgrade=false'], {
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (status === 0) process.stdout.write(NEXT_STEPS);
process.exitCode = status ?? 1;
