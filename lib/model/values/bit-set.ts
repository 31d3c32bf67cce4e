/**
 * A set of indices below a fixed size. `add` and `unionInPlace` build it; everything else leaves its operands alone.
 * Sets that meet in an operation must be of one size.
 *
 * Most sets of a cluster are of few pods: these are sorted lists, which cost next to nothing, and the others are bits.
 * INVARIANT: a set of at most `FEW` is a list, a larger one is bits, so that equal sets are of one form.
 */
export class BitSet {
  /** The set of these indices. */
  static of(size: number, indices: Iterable<number>): BitSet {
    const result = new BitSet(size);
    for (const index of indices) {
      result.add(index);
    }
    return result;
  }

  /** Every index. */
  static all(size: number): BitSet {
    const result = new BitSet(size);
    if (size <= FEW) {
      for (let index = 0; index < size; index++) result.items!.push(index);
      return result;
    }
    const words = result.spread().fill(0xffffffff);
    // INVARIANT: no bit beyond the size is ever set.
    if (size % 32 !== 0) words[words.length - 1] >>>= 32 - (size % 32);
    return result;
  }

  private items: number[] | undefined = [];
  private words: Uint32Array<ArrayBuffer> | undefined;
  #text: string | undefined;

  constructor(readonly size: number) {}

  /** @throws RangeError when the index is not below the size. */
  add(index: number): void {
    if (!(index >= 0 && index < this.size)) {
      throw new RangeError(`index ${index} is outside a set of size ${this.size}`);
    }
    this.#text = undefined;
    if (this.words) {
      this.words[index >>> 5] |= 1 << (index & 31);
    } else {
      this.insert(this.items!, index);
    }
  }

  has(index: number): boolean {
    if (this.words) {
      return index >= 0 && index < this.size && (this.words[index >>> 5] & (1 << (index & 31))) !== 0;
    }
    return this.items!.includes(index);
  }

  unionInPlace(other: BitSet): void {
    this.checkSize(other);
    this.#text = undefined;
    if (other.items) {
      for (const index of other.items) {
        this.add(index);
      }
      return;
    }
    const words = this.spread();
    for (let i = 0; i < words.length; i++) {
      words[i] |= other.words![i];
    }
  }

  union(other: BitSet): BitSet {
    this.checkSize(other);
    const [large, small] = this.items ? [other, this] : [this, other];
    const result = large.clone();
    result.unionInPlace(small);
    return result;
  }

  intersect(other: BitSet): BitSet {
    this.checkSize(other);
    if (this.items) {
      return this.withItems(this.items.filter((index) => other.has(index)));
    }
    if (other.items) {
      return this.withItems(other.items.filter((index) => this.has(index)));
    }
    const words = this.words!.slice();
    for (let i = 0; i < words.length; i++) {
      words[i] &= other.words![i];
    }
    return this.withWords(words);
  }

  minus(other: BitSet): BitSet {
    this.checkSize(other);
    if (this.items) {
      return this.withItems(this.items.filter((index) => !other.has(index)));
    }
    const words = this.words!.slice();
    if (other.items) {
      for (const index of other.items) {
        words[index >>> 5] &= ~(1 << (index & 31));
      }
    } else {
      for (let i = 0; i < words.length; i++) {
        words[i] &= ~other.words![i];
      }
    }
    return this.withWords(words);
  }

  clone(): BitSet {
    const result = new BitSet(this.size);
    result.items = this.items?.slice();
    result.words = this.words?.slice();
    return result;
  }

  get isEmpty(): boolean {
    return this.items?.length === 0;
  }

  count(): number {
    return this.items ? this.items.length : countOf(this.words!, Number.POSITIVE_INFINITY);
  }

  covers(other: BitSet): boolean {
    this.checkSize(other);
    if (other.items) {
      return other.items.every((index) => this.has(index));
    }
    const { words } = this;
    if (!words) {
      return false;
    }
    for (let i = 0; i < words.length; i++) {
      if ((other.words![i] & ~words[i]) !== 0) return false;
    }
    return true;
  }

  intersects(other: BitSet): boolean {
    this.checkSize(other);
    if (this.items || other.items) {
      const [few, rest] = this.items ? [this.items, other] : [other.items!, this];
      for (const index of few) {
        if (rest.has(index)) return true;
      }
      return false;
    }
    const words = this.words!;
    for (let i = 0; i < words.length; i++) {
      if ((words[i] & other.words![i]) !== 0) return true;
    }
    return false;
  }

  equals(other: BitSet): boolean {
    this.checkSize(other);
    const [own, others] = [this.items ?? this.words!, other.items ?? other.words!];
    return this.isList === other.isList && own.length === others.length && own.every((item, i) => item === others[i]);
  }

  /** The indices, ascending. */
  *[Symbol.iterator](): IterableIterator<number> {
    if (this.items) {
      yield* this.items;
      return;
    }
    const words = this.words!;
    for (let i = 0; i < words.length; i++) {
      for (let word = words[i]; word !== 0; word &= word - 1) {
        yield i * 32 + 31 - Math.clz32(word & -word);
      }
    }
  }

  /** The indices, ascending: many times as fast as the iterator. */
  forEach(action: (index: number) => void): void {
    const { items } = this;
    if (items) {
      for (let i = 0; i < items.length; i++) action(items[i]);
      return;
    }
    const words = this.words!;
    for (let i = 0; i < words.length; i++) {
      for (let word = words[i]; word !== 0; word &= word - 1) {
        action(i * 32 + 31 - Math.clz32(word & -word));
      }
    }
  }

  /** The lowest index; undefined when there is none. */
  get first(): number | undefined {
    if (this.items) {
      return this.items[0];
    }
    const at = this.words!.findIndex((word) => word !== 0);
    return at * 32 + 31 - Math.clz32(this.words![at] & -this.words![at]);
  }

  /** Equal sets of one size, and only those, have the same key. Opaque: not for display. */
  get key(): string {
    // No list begins with the sign that marks bits, so that the two never share a key.
    this.#text ??= this.items ? this.items.join() : `#${toText(new Uint16Array(this.words!.buffer))}`;
    return this.#text;
  }

  private get isList(): boolean {
    return this.items !== undefined;
  }

  private insert(items: number[], index: number): void {
    let at = items.length;
    while (at > 0 && items[at - 1] > index) {
      at--;
    }
    if (at > 0 && items[at - 1] === index) {
      return;
    }
    if (at === items.length) items.push(index);
    else items.splice(at, 0, index);
    if (items.length > FEW) {
      this.spread();
    }
  }

  /** As bits from here on. */
  private spread(): Uint32Array<ArrayBuffer> {
    if (this.words) {
      return this.words;
    }
    const words = new Uint32Array(Math.ceil(this.size / 32));
    for (const index of this.items!) {
      words[index >>> 5] |= 1 << (index & 31);
    }
    this.items = undefined;
    this.words = words;
    return words;
  }

  private withItems(items: number[]): BitSet {
    const result = new BitSet(this.size);
    result.items = items;
    return result;
  }

  private withWords(words: Uint32Array<ArrayBuffer>): BitSet {
    const result = new BitSet(this.size);
    result.items = undefined;
    result.words = words;
    return countOf(words, FEW) > FEW ? result : this.withItems([...result]);
  }

  private checkSize(other: BitSet): void {
    if (this.size !== other.size) {
      throw new RangeError(`a set of size ${this.size} can't be combined with one of size ${other.size}`);
    }
  }
}

/** The most indices that a list has. */
const FEW = 24;

/** How many bits are set; any number above `enough` once there are more. */
function countOf(words: Uint32Array, enough: number): number {
  let result = 0;
  for (let i = 0; i < words.length && result <= enough; i++) {
    if (words[i] !== 0) result += ones(words[i]);
  }
  return result;
}

/** One character for each 16 bits, in chunks because an engine limits the number of arguments. */
function toText(halves: Uint16Array): string {
  const chunk = 8192;
  let text = '';
  for (let start = 0; start < halves.length; start += chunk) {
    text += Reflect.apply(String.fromCharCode, null, halves.subarray(start, start + chunk));
  }
  return text;
}

/** The number of bits set in a 32-bit word: sums of neighbouring bits, pairs, nibbles, then bytes. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
