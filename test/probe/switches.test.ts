import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Topic } from '../../scripts/probe/finding.ts';
import type { CorruptionKind } from '../simulator/corrupt.ts';
import { defaultSwitches, type Switches } from '../simulator/switches.ts';
import { answerIn, probeTenant, startTenant } from './tenant.ts';

type Case = {
  readonly set: Partial<Switches>;
  readonly topic: Topic;
  /** What the report says with the switch set, and without. */
  readonly told: RegExp;
  readonly usually: RegExp;
};

/** A switch whose position a probe finds out, by what its report says of one topic. */
const seen = (set: Partial<Switches>, topic: Topic, told: RegExp, usually: RegExp): Case => ({
  set,
  topic,
  told,
  usually,
});

const neverMet = /^unasked: Not met/;

const found: { readonly [Name in keyof Switches]?: readonly Case[] } = {
  spelling: [
    seen({ spelling: 'table' }, 'spelling', /^table$/, /^sampled$/),
    seen({ spelling: 'mixed' }, 'spelling', /^sampled and table$/, /^sampled$/),
  ],
  era: (['V1', 'V2', 'V3', 'V5', 'V6'] as const).map((era) => seen({ era }, 'version', RegExp(`^${era}$`), /^V7$/)),
  tableOnlyFields: [
    seen(
      { tableOnlyFields: true },
      'tableOnly',
      /evaluation_status.*channel.*AuditScore.*is_direction_defaulted.*evaluatedAt/,
      /^none$/,
    ),
  ],
  quirks: [seen({ quirks: false }, 'gaps', /^score null$/, /no score key.*no direction/)],
  segments: [seen({ segments: false }, 'segments', /^none seen$/, /^yes$/)],
  encrypted: [seen({ encrypted: true }, 'payload', /^encrypted$/, /^plain$/)],
  contentType: [seen({ contentType: 'text/plain' }, 'contentType', /^text\/plain$/, /^application\/json/)],
  gzip: [seen({ gzip: true }, 'compression', /gzip/, /^none$/)],

  dates: [
    seen({ dates: 'blank' }, 'dateForms', /^blank$/, /^blank and ISO$/),
    seen({ dates: 'iso' }, 'dateForms', /^ISO$/, /^blank and ISO$/),
  ],
  maxRangeDays: [
    seen({ maxRangeDays: 31 }, 'range', /^31 days$/, /^at least 366 days$/),
    seen({ maxRangeDays: 7 }, 'range', /^7 days$/, /^at least 366 days$/),
    seen({ maxRangeDays: 2 }, 'range', /^2 days$/, /^at least 366 days$/),
  ],
  windowEnd: [
    seen({ windowEnd: 'exclusive' }, 'windowEnd', /^exclusive$/, /^inclusive-second$/),
    seen({ windowEnd: 'inclusive-ms' }, 'windowEnd', /^inclusive-ms$/, /^inclusive-second$/),
  ],
  dateField: [
    seen({ dateField: 'evaluated' }, 'liveEdge', /^\+45 min$/, /^now$/),
    seen({ dateField: 'evaluated', tableOnlyFields: true }, 'dateField', /^evaluation$/, /^untold/),
    seen({ dateField: 'start', tableOnlyFields: true }, 'dateField', /^not evaluation$/, /^untold/),
  ],
  zoneOffsetMinutes: [
    seen({ zoneOffsetMinutes: 330 }, 'liveEdge', /^\+330 min$/, /^now$/),
    seen({ zoneOffsetMinutes: 60 }, 'liveEdge', /^\+60 min$/, /^now$/),
    seen({ zoneOffsetMinutes: -300 }, 'liveEdge', /^-300 min$/, /^now$/),
  ],
  liveTail: [seen({ liveTail: false }, 'liveEdge', /^no edge$/, /^now$/)],
  order: [
    seen({ order: 'descending' }, 'order', /^descending$/, /^ascending$/),
    seen({ order: 'ties-shuffled' }, 'order', /^ascending, ties change places$/, /^ascending$/),
    seen({ order: 'shuffled' }, 'order', /^no firm order$/, /^ascending$/),
  ],
  tieSeconds: [
    seen({ order: 'ties-shuffled', tieSeconds: 60 }, 'orderExtent', /^[1-5] places$/, /^none$/),
    seen({ order: 'ties-shuffled', tieSeconds: 3_600 }, 'orderExtent', /^[2-9]\d places$/, /^none$/),
  ],
  limitOver: [seen({ limitOver: 'error' }, 'limitOver', /^error$/, /^clamp$/)],
  limitIgnored: [seen({ limitIgnored: 30 }, 'limit', /^pages of 30$/, /^obeyed$/)],
  offsetCap: [
    seen({ offsetCap: { at: 100, behaviour: 'error' } }, 'offsetReach', /^error at 101$/, /^the last row$/),
    seen({ offsetCap: { at: 100, behaviour: 'empty' } }, 'offsetReach', /^empty at 101$/, /^the last row$/),
    seen({ offsetCap: { at: 100, behaviour: 'clamp' } }, 'offsetReach', /^clamped to row 100$/, /^the last row$/),
    seen({ offsetCap: { at: 500, behaviour: 'error' } }, 'offsetReach', /^error at 1000$/, /^the last row$/),
    seen(
      { offsetCap: { at: 500, behaviour: 'clamp' } },
      'offsetReach',
      /^clamped to an earlier row$/,
      /^the last row$/,
    ),
  ],
  thresholdForm: [
    seen({ thresholdForm: 'string' }, 'thresholdForm', /^string$/, /^boolean$/),
    seen({ thresholdForm: 'either' }, 'thresholdForm', /^either$/, /^boolean$/),
  ],
  thresholdRequired: [seen({ thresholdRequired: true }, 'thresholdDefault', /^required$/, /^false$/)],
  ignoreThreshold: [seen({ ignoreThreshold: true }, 'thresholdHeeded', /^no$/, /^yes$/)],
  ignoreDirection: [
    seen({ ignoreDirection: true }, 'directionHeeded', /^no$/, /^yes$/),
    // Rows of the first version state no direction: the counts tell.
    seen({ ignoreDirection: true, era: 'V1' }, 'directionHeeded', /^no$/, /^yes$/),
  ],
  ignoreDates: [seen({ ignoreDates: true }, 'datesHeeded', /^no$/, /^yes$/)],

  totals: [seen({ totals: 'drift' }, 'totals', /^differ by 2$/, /^steady$/)],
  driftBy: [seen({ totals: 'drift', driftBy: 3 }, 'totals', /^differ by 6$/, /^steady$/)],
  totalPagesWhenEmpty: [seen({ totalPagesWhenEmpty: 1 }, 'emptyTotals', /^1$/, /^0$/)],
  hasMore: [
    seen({ hasMore: 'endless' }, 'hasMore', /^endless$/, /^honest$/),
    seen({ hasMore: 'never' }, 'hasMore', /^never$/, /^honest$/),
  ],
  emptyPages: [seen({ emptyPages: true }, 'emptyPages', /^always$/, /^none$/)],
  duplicates: [seen({ duplicates: 3 }, 'seams', /^repeat 3 rows$/, /^fit$/)],
  surplusRows: [seen({ surplusRows: 2 }, 'surplus', /^2 rows$/, /^none$/)],

  // Never looked for, but seen when the probe runs into it.
  quotaLimit: [seen({ quotaLimit: 20 }, 'rateCause', /^20 calls$/, neverMet)],
  hiddenCalls: [seen({ hiddenCalls: 50 }, 'rateCause', /^10 calls$/, neverMet)],
  quotaStatus: [seen({ quotaLimit: 5, quotaStatus: 200 }, 'rate', /^status 200, /, neverMet)],
  quotaMessage: [
    seen(
      { quotaLimit: 5, quotaMessage: 'Rate limit for this API has been reached. Please try again after some time.' },
      'rate',
      /, Rate limit for this API has been reached, /,
      neverMet,
    ),
    seen({ quotaLimit: 5, quotaMessage: 'Enough of canary-7.' }, 'rate', /, words that are not published, /, neverMet),
  ],
  quotaRetryAfter: [
    seen({ quotaLimit: 5, quotaRetryAfter: 'honest' }, 'rate', /, Retry-After \d+$/, neverMet),
    seen({ quotaLimit: 5, quotaRetryAfter: null }, 'rate', /, no Retry-After$/, neverMet),
  ],

  algorithms: [seen({ algorithms: ['HS256', 'HS512'] }, 'algorithms', /^HS256 and HS512$/, /^HS256, not HS512$/)],
  enforceJti: [seen({ enforceJti: true }, 'jti', /^demanded$/, /^not demanded$/)],
  clockSkewMs: [
    seen({ clockSkewMs: 120_000 }, 'clock', /^120 s ahead$/, /^right$/),
    seen({ clockSkewMs: -45_000 }, 'clock', /^45 s behind$/, /^right$/),
  ],
  errorEnvelope: (
    [
      ['message', /^errors\[\]\.message$/],
      ['top-level', /^message$/],
      ['plain', /^plain text$/],
      ['html', /^an HTML page$/],
    ] as const
  ).map(([errorEnvelope, told]) => seen({ errorEnvelope }, 'errorForm', told, /^errors\[\]\.msg$/)),
  errorStatus: [
    seen({ errorStatus: 200 }, 'errorStatus', /^arguments 200, credential 200$/, /arguments 412, credential 401/),
    seen({ errorStatus: 503 }, 'errorStatus', /^arguments 503, credential 503$/, /arguments 412, credential 401/),
  ],
  latencyMs: [seen({ latencyMs: 40 }, 'latency', /^median ([4-9]\d|\d{3,}) ms/, /^median/)],
  latencyJitterMs: [seen({ latencyJitterMs: 60 }, 'latency', /slowest ([4-9]\d|\d{3,}) ms/, /^median/)],
};

const { publicKey: verificationKey } = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Positions that end a probe, which then says why: there is nothing that it could ask. */
const ending: { readonly [Name in keyof Switches]?: readonly [Partial<Switches>, string] } = {
  scopePublished: [{ scopePublished: false }, 'scope'],
  jweKey: [{ jweKey: 'no key opens a token that is not encrypted' }, 'credential'],
  verificationKey: [{ verificationKey, algorithms: ['HS256', 'RS256'] }, 'credential'],
};

/** Positions that no harmless call shows, and the topic that says so. */
const notAsked: { readonly [Name in keyof Switches]?: Topic } = {
  quotaKind: 'quotaKind',
  quotaWindowMs: 'quotaWindow',
  quotaCountsRefused: 'quotaRefused',
};

const corruptions: readonly (readonly [CorruptionKind, Topic, RegExp])[] = [
  ['wrong-type', 'deviations', /Metrics WRONG_TYPE/],
  ['score-as-text', 'deviations', /koreEvaluationScore WRONG_TYPE/],
  ['score-na', 'deviations', /koreEvaluationScore WRONG_TYPE/],
  ['score-out-of-range', 'deviations', /koreEvaluationScore UNKNOWN_VALUE/],
  ['score-infinite', 'deviations', /koreEvaluationScore UNKNOWN_VALUE/],
  ['score-negative-zero', 'deviations', /a score of minus zero/],
  ['unknown-key', 'deviations', /AI Coach Summary UNKNOWN_KEY/],
  ['not-an-object', 'deviations', /rows unreadable/],
  ['null', 'deviations', /rows unreadable/],
  ['missing-id', 'deviations', /conversationId MISSING/],
  ['empty-id', 'deviations', /conversationId UNKNOWN_VALUE/],
  ['id-as-number', 'deviations', /conversationId WRONG_TYPE/],
  ['unknown-literals', 'words', /contactDirection.*duration_status/],
  ['odd-date', 'auditDates', /another form/],
  ['metric-without-id', 'gaps', /metrics without an id/],
  ['prototype', 'deviations', /constructor UNKNOWN_KEY/],
  ['duplicate-keys', 'deviations', /keys written twice/],
  ['deep', 'deviations', /deep UNKNOWN_KEY/],
  ['unicode', 'deviations', /keys written twice/],
  ['huge-name', 'deviations', /a text of over 10000 characters/],
];

test('every switch of the simulator is found out, ends the probe, or is said not to be asked', () => {
  const sorted = [...Object.keys(found), ...Object.keys(ending), ...Object.keys(notAsked), 'corrupt'];
  expect(sorted.sort()).toEqual(Object.keys(defaultSwitches).sort());
});

const usual = startTenant().then(async (kore) => {
  await using _ = kore;
  return await probeTenant(kore);
});

const cases = Object.values(found).flat();

test.for(cases.map((each) => [JSON.stringify(each.set), each] as const))(
  'a probe finds out %s',
  async ([, { set, topic, told, usually }]) => {
    await using kore = await startTenant(set);
    const report = await probeTenant(kore);
    expect(answerIn(report, topic)).toMatch(told);
    expect(answerIn(await usual, topic)).toMatch(usually);
    expect(kore.callCount).toBe(report.callsMade);
    expect(report.callsMade).toBeLessThanOrEqual(30);
  },
);

test.for(Object.entries(ending))(
  'a tenant with %s of its own ends the probe, which says why',
  async ([, [set, end]]) => {
    await using kore = await startTenant(set);
    const report = await probeTenant(kore);
    expect(report.ending).toBe(end);
    expect(report.callsMade).toBeLessThanOrEqual(2);
  },
);

test.for(Object.values(notAsked))('a report says that %s is not asked, and why', async (topic) => {
  expect(answerIn(await usual, topic)).toMatch(/^unasked: .*quota/);
});

test.for(corruptions)('a probe finds out rows that are broken as %s', async ([kind, topic, told]) => {
  await using kore = await startTenant({ corrupt: { every: kind === 'huge-name' ? 60 : 10, kind } });
  const report = await probeTenant(kore);
  expect(answerIn(report, topic)).toMatch(told);
  expect(answerIn(await usual, topic)).not.toMatch(told);
});

test('a probe finds out totals that miss what came since', async () => {
  await using kore = await startTenant({ totals: 'stale' });
  kore.insert({ startMs: Date.parse('2026-03-10T10:00:00Z'), count: 20 });
  expect(answerIn(await probeTenant(kore), 'totals')).toBe('too few by 20');
});
