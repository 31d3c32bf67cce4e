import { compareWith, SERVERS } from './comparison';
import { installed } from './server';

const SEED = Number(process.env.PORTOLAN_FUZZ_SEED ?? 1);
const REQUESTS_PER_TABLE = 800;

describe.each(SERVERS)('%s itself', (name) => {
  if (!installed(name)) {
    process.stderr.write(`test/live: ${name} is not installed, so nothing is compared with it\n`);
    test.skip(`${name} is not installed`, () => {});
    return;
  }

  test('ING-01 to ING-09: answers as the model says, whatever the path and the host look like', async () => {
    const { compared, undecided, differences } = await compareWith(name, REQUESTS_PER_TABLE, SEED);
    expect(differences.slice(0, 20)).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(5000);
    // What is compared is what the model claims to know: were it to leave much open, it would be right of little.
    expect(undecided / (compared + undecided)).toBeLessThan(0.1);
  }, 60_000);
});
