import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { type ShopSize, shop } from '../cluster/shop';
import { median } from '../harness/time';

export interface SynthInput extends ShopSize {
  readonly runs: number;
}

export interface SynthResult {
  readonly objects: number;
  readonly promises: number;
  /** Median milliseconds of `app.synth()` with the check and without it, the writing of the files included. */
  readonly withCheck: number;
  readonly without: number;
}

/** What the hook adds to a synth, on apps made of typed constructs. */
export function measureSynth({ runs, ...size }: SynthInput): SynthResult {
  const outdir = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  const make = () => shop(new App({ outdir }), size);
  try {
    // In turn, so that both meet the same state of the machine and of the compiler.
    const pairs = Array.from({ length: runs }, () => [timeSynth(make(), true), timeSynth(make(), false)]);
    return {
      objects: make().synthYaml().split(/^---$/m).length,
      promises: size.charts * size.promisesAChart,
      withCheck: median(pairs.map(([checked]) => checked)),
      without: median(pairs.map(([, unchecked]) => unchecked)),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function timeSynth(app: App, isChecked: boolean): number {
  if (isChecked) delete process.env.PORTOLAN;
  else process.env.PORTOLAN = 'off';
  globalThis.gc?.();
  const start = performance.now();
  app.synth();
  const duration = performance.now() - start;
  delete process.env.PORTOLAN;
  return duration;
}
