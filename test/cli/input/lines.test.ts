import * as fc from 'fast-check';
import { LineCounter } from 'yaml';
import { linesOf } from '../../../lib/cli/input/lines';

test('places in a text are those that the reader of YAML finds', () => {
  const texts = fc.array(fc.constantFrom('\n', '\r\n', 'a', ' ', 'é', '😀')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const counter = new LineCounter();
      counter.addNewLine(0);
      for (const { index } of text.matchAll(/\n/g)) counter.addNewLine(index + 1);
      const lines = linesOf(text);
      for (let offset = 0; offset <= text.length; offset++) {
        expect(lines.linePos(offset)).toEqual(counter.linePos(offset));
      }
    }),
  );
});
