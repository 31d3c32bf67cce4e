import type { InputFault } from '../../model/finding/input-fault';
import type { Manifest } from '../../model/finding/origin';
import type { Found } from './found';
import { jsonDocuments } from './json-documents';
import { locator } from './locate';
import { plainDocuments } from './plain-documents';
import { yamlReader } from './yaml-reader';

/** What one or more texts hold. */
export interface ReadDocuments {
  readonly manifests: Manifest[];
  readonly faults: InputFault[];
  /** One line for each document that was left out because it is no Kubernetes object. */
  readonly warnings: string[];
}

/** The objects in a text of YAML, or of JSON when the file is named so. Empty documents count for nothing. */
export function readDocuments(file: string, content: string): ReadDocuments {
  // The mark of a byte order is no part of the text.
  const text = content.replace(/^\uFEFF/, '');
  const manifests: Manifest[] = [];
  const faults: InputFault[] = [];
  const warnings: string[] = [];
  for (const { value, position, start, end, lines } of documentsOf(file, text, faults)) {
    if (isKubernetesObject(value)) {
      manifests.push({ object: value, origin: { position }, locate: locator({ file, text, start, end }, lines) });
    } else if (value !== null) {
      warnings.push(
        `${file}:${position.line}: skipped a document that is no Kubernetes object (no apiVersion and kind)`,
      );
    }
  }
  return { manifests, faults, warnings };
}

function documentsOf(file: string, text: string, faults: InputFault[]): Iterable<Found> {
  if (file.toLowerCase().endsWith('.json')) return jsonDocuments(file, text, faults);
  return plainDocuments(file, text) ?? yamlReader.documents.yamlDocuments(file, text, faults);
}

/**
 * One of the three fields may be missing, which is then a fault of the object. Other tools' files have one of them at most,
 * such as the apiVersion of a Chart.yaml.
 */
function isKubernetesObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['apiVersion', 'kind', 'metadata'].filter((f) => f in value).length > 1
  );
}
