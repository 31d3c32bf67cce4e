import { measureAnalysis } from './analysis';
import { measureLines } from './lines';
import { measureReading } from './reading';
import { measureSynth } from './synth';

/** What can be measured in a process of its own; inputs and results are plain data. */
export const MEASURES = {
  analysis: measureAnalysis,
  lines: measureLines,
  reading: measureReading,
  synth: measureSynth,
};

export type Measures = typeof MEASURES;
