import { COLLECTION_STYLE, EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import { plainValue } from './kubectl-yaml';

/** A document that holds a map or a list. */
export interface Tree {
  readonly value: unknown;
  /** Where its first name or item begins. */
  readonly offset: number;
}

/**
 * Makes plain objects of the events of a YAML text; throws at whatever is no plain map, list or scalar, or may be a fault.
 * INVARIANT: events nest at most 100 deep (js-yaml's `maxDepth`), so that recursion is safe.
 */
export class EventReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly events: readonly Event[],
  ) {}

  trees(): readonly Tree[] {
    const trees: Tree[] = [];
    while (this.at < this.events.length) {
      const document = this.next();
      if (document.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) throw new NotPlain('a directive');
      const root = this.next();
      const value = this.valueOf(root);
      if (root.type === EVENT_ID.MAPPING || root.type === EVENT_ID.SEQUENCE) {
        trees.push({ value, offset: root.start });
      } else if (value !== null) {
        throw new NotPlain('a document of text');
      }
      this.next();
    }
    return trees;
  }

  private next(): Event {
    return this.events[this.at++];
  }

  private valueOf(event: Event): unknown {
    refuseProperties(event);
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return this.scalarOf(event);
      case EVENT_ID.MAPPING:
        return this.restOfMap(event.style === COLLECTION_STYLE.BLOCK);
      case EVENT_ID.SEQUENCE:
        return this.restOfList();
      default:
        throw new NotPlain('an alias');
    }
  }

  private scalarOf(event: ScalarEvent): unknown {
    const text = getScalarValue(this.text, event);
    if (event.style !== SCALAR_STYLE.PLAIN) return text;
    if (isEmpty(event)) return null;
    // The other reader takes more into it, or refuses it, where a comment stands before it.
    if (this.beginsLine(event)) throw new NotPlain('text on a line below its name');
    return plainValue(text);
  }

  private restOfMap(isBlock: boolean): unknown {
    const map: Record<string, unknown> = {};
    let isFirst = true;
    for (let event = this.next(); event.type !== EVENT_ID.POP; event = this.next()) {
      const key = this.keyOf(event, isBlock && !isFirst);
      if (Object.hasOwn(map, key)) throw new NotPlain('a key twice');
      map[key] = this.valueOf(this.next());
      isFirst = false;
    }
    return map;
  }

  private restOfList(): unknown {
    const list: unknown[] = [];
    for (let event = this.next(); event.type !== EVENT_ID.POP; event = this.next()) {
      list.push(this.valueOf(event));
    }
    return list;
  }

  /** Keys are what is written: `on:` is no boolean. */
  private keyOf(event: Event, mustBeginLine: boolean): string {
    refuseProperties(event);
    if (event.type !== EVENT_ID.SCALAR || isEmpty(event)) throw new NotPlain('a key that is no text');
    if (event.valueEnd - event.valueStart > LONGEST_KEY) throw new NotPlain('a key that is too long');
    // The parser would let it follow another value, as in `- {} name: a`.
    if (mustBeginLine && !this.beginsLine(event)) throw new NotPlain('a key behind something else');
    if (!this.isColonNear(event)) throw new NotPlain('a key that is too long, or stands alone');
    const key = getScalarValue(this.text, event);
    // The one merges maps, the other would set what objects inherit.
    if (key === '<<' || key === '__proto__') throw new NotPlain('a key with a meaning of its own');
    return key;
  }

  /** A key is at most 1,024 characters away from its colon, which this parser does not ask for. */
  private isColonNear({ valueStart, valueEnd }: ScalarEvent): boolean {
    return /^["']?\s*:/.test(this.text.slice(valueEnd, valueStart + 1_000));
  }

  private beginsLine({ valueStart }: ScalarEvent): boolean {
    const line = this.text.lastIndexOf('\n', valueStart - 1) + 1;
    return /^ *["']?$/.test(this.text.slice(line, valueStart));
  }
}

/** Of a key without a question mark; a little less than YAML allows, as quotes and blanks count too. */
const LONGEST_KEY = 1_000;

/** Why a text is left to the other reader; nobody is told. */
class NotPlain extends Error {}

function refuseProperties(event: Event): void {
  if ('tagStart' in event && (event.tagStart >= 0 || event.anchorStart >= 0)) throw new NotPlain('a tag or an anchor');
}

function isEmpty({ valueStart }: ScalarEvent): boolean {
  return valueStart < 0;
}
