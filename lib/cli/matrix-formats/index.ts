import type { Matrix } from '../../intents/matrix';
import { matrixJson } from './json';
import { matrixMarkdown } from './markdown';
import { matrixText } from './text';

/** What `check --matrix` prints, by format: lines. */
export const MATRIX_FORMATS: Readonly<Record<'text' | 'json' | 'markdown', (matrix: Matrix) => readonly string[]>> = {
  text: matrixText,
  json: (matrix) => [JSON.stringify(matrixJson(matrix), null, 2)],
  markdown: matrixMarkdown,
};
