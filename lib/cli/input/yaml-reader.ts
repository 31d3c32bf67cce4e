import type * as fields from './field-offsets';
import type * as documents from './yaml-documents';

/**
 * The reader of all that YAML can be, loaded when it is first needed. Nearly every manifest is plain and without faults;
 * to load what can read any other takes as long as to start all the rest.
 */
export const yamlReader = {
  get documents(): typeof documents {
    return require('./yaml-documents');
  },
  get fields(): typeof fields {
    return require('./field-offsets');
  },
};
