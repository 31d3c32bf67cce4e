import { stringify } from 'yaml';
import type { BootstrapFile } from './managed-network';

/** A file of YAML documents. What is `undefined` is left out. */
export function yamlFile(path: string, documents: readonly object[]): BootstrapFile {
  return { path, content: documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n') };
}
