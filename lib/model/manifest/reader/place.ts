import type { InputFault, InputFaultCode } from '../../finding/input-fault';
import type { FieldPart, FieldPath, Origin } from '../../finding/origin';
import type { ReadCertificate } from '../secret-resource';

/** What a reader answers when it has reported a fault. INVARIANT: no reader gives `null` for a sound value. */
export const invalid = null;
export type Invalid = typeof invalid;

/** The object that is being read: what its faults are told of, and where they go. */
export interface Subject {
  /** E.g. `NetworkPolicy shop/db`; `undefined` where not even the kind is known. */
  readonly title?: string;
  /** Whether a field that the kind does not have is a fault (PTL015) or ignored, as the API server prunes it. */
  readonly strict: boolean;
  readonly faults: InputFault[];
  /** Steps from the document's root to this object: not empty for the items of a List. */
  readonly prefix: FieldPath;
  readonly originOf: (field: FieldPath, part?: FieldPart) => Origin;
  /** @default - nobody reads certificates */
  readonly readCertificate?: ReadCertificate;
}

/** What a reader knows of a fault; the place adds the object, the field and the origin. */
export interface FaultDetail {
  readonly code: InputFaultCode;
  readonly problem: string;
  readonly expected: string;
  readonly rule?: string;
  readonly didYouMean?: string;
  /** Other places that the fault is about. */
  readonly related?: readonly Origin[];
}

/** One value within an object, and the way to it. */
export class Place {
  // Only declared: defined first and set then, each of the many places would be written twice.
  declare readonly value: unknown;
  declare readonly subject: Subject;
  declare private readonly parent?: Place;
  declare private readonly step?: string | number;
  declare private readonly part?: FieldPart;

  constructor(value: unknown, subject: Subject, parent?: Place, step?: string | number, part?: FieldPart) {
    this.value = value;
    this.subject = subject;
    this.parent = parent;
    this.step = step;
    this.part = part;
  }

  /** Kubernetes takes `null` for a field that is not there. */
  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** Steps from the object's root; built only when asked for, as every value has a place and few have faults. */
  get path(): FieldPath {
    const path: (string | number)[] = [];
    let place: Place = this;
    while (place.parent !== undefined) {
      path.push(place.step as string | number);
      place = place.parent;
    }
    return path.reverse();
  }

  /** Whether it has a field, were it only `null`; most have not, and then need no place for it. */
  has(field: string): boolean {
    return isObject(this.value) && ownField(this.value, field) !== undefined;
  }

  /** The place of one field or item, whether or not it is there. */
  at(step: string | number): Place {
    return new Place(childOf(this.value, step), this.subject, this, step);
  }

  /** The place of a field's name. */
  key(name: string): Place {
    return new Place(name, this.subject, this, name, 'key');
  }

  /** The same place with a cleaned value. */
  as(value: unknown): Place {
    return new Place(value, this.subject, this.parent, this.step, this.part);
  }

  fault(detail: FaultDetail): Invalid {
    const { title, prefix, originOf, faults } = this.subject;
    const path = this.path;
    faults.push({
      object: title,
      field: formatField([...prefix, ...path]),
      ...(this.value === undefined || path.length === 0 ? {} : { got: shown(this.value) }),
      ...detail,
      origin: originOf(path, this.part),
    });
    return invalid;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a field holds, without making a place of it. */
export function ownField(value: Readonly<Record<string, unknown>>, name: string): unknown {
  const child = value[name];
  // Most fields are absent, and then nobody need ask whose they would be.
  return child !== undefined && Object.hasOwn(value, name) ? child : undefined;
}

/** The notation of the API server's own messages: `spec.ingress[0].from`; keys with other signs in brackets. */
export function formatField(path: FieldPath): string | undefined {
  const text = path
    .map((step) => (typeof step === 'string' && /^[\w-]+$/.test(step) ? `.${step}` : `[${step}]`))
    .join('');
  return text === '' ? undefined : text.replace(/^\./, '');
}

function childOf(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') {
    return Array.isArray(value) ? value[step] : undefined;
  }
  return isObject(value) ? ownField(value, step) : undefined;
}

const LONGEST_SHOWN = 80;

/** As JSON; a program may also hand over what JSON has no words for. */
function shown(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value, nestingWhatIsShown());
  } catch {
    text = undefined;
  }
  // What holds itself, or nests too deeply for the stack, would be as much for String() as for JSON.
  const words = text ?? (typeof value === 'object' ? (Array.isArray(value) ? '[…]' : '{…}') : String(value));
  return words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}…` : words;
}

/** As many brackets are as long as all that is shown; below them JSON.stringify would take time by the square of the depth. */
function nestingWhatIsShown(): (this: object, key: string, value: unknown) => unknown {
  const depths = new WeakMap<object, number>();
  return function (_, value) {
    if (typeof value !== 'object' || value === null) return value;
    const depth = (depths.get(this) ?? 0) + 1;
    depths.set(value, depth);
    return depth > LONGEST_SHOWN ? null : value;
  };
}
