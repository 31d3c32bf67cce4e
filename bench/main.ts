import { benchMap } from './map';
import { benchSynth } from './synth';

/** Prints what things cost on this machine, in one run, beside the design's budgets. Nothing here is asserted. */
console.log('map: analysis alone, without a cluster profile and with one\n');
console.table([100, 300, 1000].flatMap((workloads) => benchMap(workloads)));
console.log('\nsynth: what the hook adds to app.synth()\n');
console.table(benchSynth());
