/** What is mutated, and the tests that must notice: those of the room itself, not whole gateways, which would notice everything late. */
export type Area = { readonly mutate: readonly string[]; readonly tests: readonly string[] };

export const areas: Readonly<Record<string, Area>> = {
  paging: { mutate: ['src/paging/*.ts'], tests: ['test/paging/*.test.ts'] },
  cursor: { mutate: ['src/selection/{keyset,place,order}.ts'], tests: ['test/selection/{keyset,ranking}.test.ts'] },
  wire: {
    mutate: ['src/kore/{answer,drift,literals,request,row,spelling,values,wire}.ts'],
    tests: ['test/kore/{answer,drift,request,row,spelling,values,wire}.test.ts'],
  },
  retry: {
    mutate: ['src/kore/{fault,retry}.ts'],
    tests: ['test/kore/{fault,patience,retry,source}.test.ts'],
  },
  budget: {
    mutate: ['src/kore/{alarm,budget,callers,kinds,learned-quota,ledger,own-window,queue}.ts'],
    tests: ['test/kore/{budget,budget-law,gate,own-window,shares}.test.ts'],
  },
  caller: {
    mutate: ['src/server/caller.ts', 'src/server/caller/*.ts'],
    tests: ['test/server/{callers-attacks,callers-told,claims,fetch-keys,key-set,shown-token,token-memory}.test.ts'],
  },
};
