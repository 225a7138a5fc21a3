import { expect, test } from 'vitest';
import { maskedError } from '../src/masking.ts';
import { settingsFor } from './gateway/harness.ts';

const account = { accountId: 'account', orgId: 'o-1', streamId: 'st-1', clientId: 'cs-1', clientSecret: 'a secret' };

test.for([
  'redis://u:p%21ss%2fword@h:1',
  'redis://u:p!ss%2Fword@h:1',
  'rediss://:%70%21ss%2Fword@h:1/3',
  'redis-cluster://u:p%21ss%2Fw%6Frd@h:1,i:2',
])("the store's password is masked as it stands in the setting, and as it is meant: %s", (url) => {
  const config = settingsFor({ url: 'http://127.0.0.1:1', account }, { STORE_URL: url });
  const [, written = ''] = /:([^:@]*)@/.exec(url) ?? [];
  const said = ['p!ss/word', 'p!ss%2Fword', written].map((each) => `${each},`);
  expect(maskedError(said.join(''), config)).toEqual({ message: '[redacted],'.repeat(3) });
  expect(maskedError(`no answer of ${url}`, config)).toEqual({
    message: `no answer of ${url.replace(written, '[redacted]')}`,
  });
});
