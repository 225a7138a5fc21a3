import { existsSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';

/** The schema that documents are typed by: what SCHEMA says, a file or the address of a gateway; else the file of the repository, or where that isn't, the demo's gateway. */
const ofRepository = '../../test/schema.snapshot.graphql';
const schema = process.env['SCHEMA'] ?? (existsSync(ofRepository) ? ofRepository : 'http://127.0.0.1:4000/graphql');

const config: CodegenConfig = {
  schema,
  documents: ['src/**/*.{ts,tsx}', '!src/graphql/**'],
  importExtension: '.ts',
  emitLegacyCommonJSImports: false,
  generates: {
    'src/graphql/': {
      preset: 'client',
      // Fragments are types that views take as their props, and nothing to unwrap: README.md says when masking is worth it.
      presetConfig: { fragmentMasking: false },
      config: {
        // Documents stay text: no parser at run time, and nothing but the text is sent.
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        immutableTypes: true,
        strictScalars: true,
        scalars: {
          DateTime: 'string',
          Date: 'string',
          TimeZone: 'string',
          JSONObject: 'Readonly<Record<string, unknown>>',
          federation__FieldSet: 'string',
          federation__Scope: 'string',
          federation__Policy: 'string',
          federation__ContextFieldValue: 'string',
          link__Import: 'string',
          _Any: 'unknown',
        },
      },
    },
  },
};

export default config;
