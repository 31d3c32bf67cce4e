/**
 * A set of indices below a fixed size. `add` and `unionInPlace` build it; everything else leaves its operands alone.
 * Sets that meet in an operation must be of one size.
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

  private readonly words: Uint32Array<ArrayBuffer>;
  #text: string | undefined;

  constructor(readonly size: number) {
    this.words = new Uint32Array(Math.ceil(size / 32));
  }

  /** @throws RangeError when the index is not below the size. */
  add(index: number): void {
    if (!(index >= 0 && index < this.size)) {
      throw new RangeError(`index ${index} is outside a set of size ${this.size}`);
    }
    this.words[index >>> 5] |= 1 << (index & 31);
    this.#text = undefined;
  }

  has(index: number): boolean {
    return index >= 0 && index < this.size && (this.words[index >>> 5] & (1 << (index & 31))) !== 0;
  }

  unionInPlace(other: BitSet): void {
    this.checkSize(other);
    for (let i = 0; i < this.words.length; i++) {
      this.words[i] |= other.words[i];
    }
    this.#text = undefined;
  }

  union(other: BitSet): BitSet {
    this.checkSize(other);
    const result = new BitSet(this.size);
    for (let i = 0; i < this.words.length; i++) {
      result.words[i] = this.words[i] | other.words[i];
    }
    return result;
  }

  intersect(other: BitSet): BitSet {
    this.checkSize(other);
    const result = new BitSet(this.size);
    for (let i = 0; i < this.words.length; i++) {
      result.words[i] = this.words[i] & other.words[i];
    }
    return result;
  }

  minus(other: BitSet): BitSet {
    this.checkSize(other);
    const result = new BitSet(this.size);
    for (let i = 0; i < this.words.length; i++) {
      result.words[i] = this.words[i] & ~other.words[i];
    }
    return result;
  }

  clone(): BitSet {
    const result = new BitSet(this.size);
    for (let i = 0; i < this.words.length; i++) {
      result.words[i] = this.words[i];
    }
    return result;
  }

  get isEmpty(): boolean {
    for (let i = 0; i < this.words.length; i++) {
      if (this.words[i] !== 0) {
        return false;
      }
    }
    return true;
  }

  count(): number {
    let result = 0;
    for (let i = 0; i < this.words.length; i++) {
      result += ones(this.words[i]);
    }
    return result;
  }

  covers(other: BitSet): boolean {
    this.checkSize(other);
    for (let i = 0; i < this.words.length; i++) {
      if ((other.words[i] & ~this.words[i]) !== 0) {
        return false;
      }
    }
    return true;
  }

  intersects(other: BitSet): boolean {
    this.checkSize(other);
    for (let i = 0; i < this.words.length; i++) {
      if ((this.words[i] & other.words[i]) !== 0) {
        return true;
      }
    }
    return false;
  }

  equals(other: BitSet): boolean {
    this.checkSize(other);
    for (let i = 0; i < this.words.length; i++) {
      if (this.words[i] !== other.words[i]) {
        return false;
      }
    }
    return true;
  }

  /** The indices, ascending. */
  *[Symbol.iterator](): IterableIterator<number> {
    for (let i = 0; i < this.words.length; i++) {
      for (let word = this.words[i]; word !== 0; word &= word - 1) {
        yield i * 32 + 31 - Math.clz32(word & -word);
      }
    }
  }

  /** Equal sets of one size, and only those, have the same key. Opaque: not for display. */
  get key(): string {
    this.#text ??= toText(new Uint16Array(this.words.buffer));
    return this.#text;
  }

  private checkSize(other: BitSet): void {
    if (this.size !== other.size) {
      throw new RangeError(`a set of size ${this.size} can't be combined with one of size ${other.size}`);
    }
  }
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
