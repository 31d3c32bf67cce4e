import { MEASURES } from '../measures/registry';
import type { Task } from './in-child';

process.once('message', ({ measure, input }: Task) => {
  const run = MEASURES[measure] as (input: unknown) => object;
  process.send!(run(input), () => process.disconnect());
});
