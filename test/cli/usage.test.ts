import { version } from '../../package.json';
import { portolan, SHOP } from './support';

test.each([
  ['no subcommand', []],
  ['an unknown subcommand', ['frobnicate']],
  ['no path', ['map']],
  ['an unknown option', ['map', 'shop.json', '--clutser', 'calico']],
  ['an unknown format', ['map', 'shop.json', '-o', 'yaml']],
  ['an unknown reading of blocks', ['map', 'shop.json', '--ip-block', 'maybe']],
  ['an unknown address family', ['map', 'shop.json', '--ip-family', '5']],
  ['a flow without a receiver', ['reach', 'shop.json', '--from', 'shop/web', '--port', '80']],
  ['port 0', ['reach', 'shop.json', '--from', 'shop/web', '--to', 'shop/db', '--port', '0']],
  ['port 70000', ['reach', 'shop.json', '--from', 'shop/web', '--to', 'shop/db', '--port', '70000']],
  ['an unknown protocol', ['reach', 'shop.json', '--from', 'shop/web', '--to', 'shop/db', '--port', '80/ICMP']],
  ['an expectation that is no outcome', ['reach', 'shop.json', '--expect', 'maybe']],
])('%s is bad usage: exit code 2, nothing on standard output', async (_name, argv) => {
  const { code, stdout, stderr } = await portolan(argv, { 'shop.json': SHOP });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toBe('');
});

test.each([['--help'], ['map --help'], ['reach --help'], ['help map']])('%s exits with 0', async (argv) => {
  const { code, stdout, stderr } = await portolan(argv.split(' '));
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Usage: portolan');
});

test('--version is that of the package', async () => {
  expect(await portolan(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

describe('a defect of Portolan itself', () => {
  // A reader that answers nonsense stands for any defect.
  const broken = { typeOf: () => 'file' as const, readFile: () => JSON.parse('7') as string };

  test('is one line with how to report it, and exit code 3', async () => {
    const { code, stdout, stderr } = await portolan(['map', 'x.json'], {}, broken);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^internal error: .* please report it .*\n$/);
  });

  test('shows its stack to those who ask for it', async () => {
    const { stderr } = await portolan(['map', 'x.json'], {}, { ...broken, debug: true });
    expect(stderr).toMatch(/\n {4}at /);
  });
});
