/** A program as users run it, whose first synth is its only one: `on|off SIZE`. Prints how many milliseconds that takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { type ShopSize, shop } from '../cluster/shop';

const [hook, size] = process.argv.slice(2);
if (hook === 'off') process.env.PORTOLAN = 'off';
else delete process.env.PORTOLAN;

const outdir = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
try {
  const app = shop(new App({ outdir }), JSON.parse(size) as ShopSize);
  const start = performance.now();
  app.synth();
  console.log(performance.now() - start);
} finally {
  rmSync(outdir, { recursive: true });
}
