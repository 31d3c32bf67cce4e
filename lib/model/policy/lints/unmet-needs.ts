import { unmetNeedsOf } from '../needs';
import type { LintRule } from './context';

/** PTL301 to PTL306: what policies ask of the network plugin, and it does not do. */
export const unmetNeeds: LintRule = ({ cluster }) => unmetNeedsOf(cluster).flatMap(({ lints }) => lints);
