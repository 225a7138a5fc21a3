import { sayFigures } from '../figures.ts';
import { type Campaign, figuresOf, isFlat, runCampaign } from './campaign.ts';
import { openResident } from './resident.ts';

/**
 * Tries triples of fresh seeds for as long as is said (`npm run test:soak -- SECONDS`, or SOAK_SECONDS; ten minutes unless said), beside a gateway that lives all the
 * time, and prints figures. Ends with 1 if anything was wrong. SOAK_SEED begins with another seed than the time.
 */
const seconds = Number(process.argv[2] ?? process.env['SOAK_SECONDS'] ?? 600);
if (!(seconds > 0)) throw new Error('SECONDS is a number above 0');
const firstSeed = Number(process.env['SOAK_SEED'] ?? Math.floor(Date.now() / 1000));
const questionCount = 6;
const progressMs = 60_000;
/** Connections that Node keeps alive for a while, the test's own among them. */
const handlesMax = 40;

function* seeds(): Generator<number> {
  for (let seed = firstSeed; ; seed++) yield seed;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
say(
  `${seconds} s of triples from seed ${firstSeed}; one is tried again by TRIPLE_SEED=N npx vitest run test/faults/triples.test.ts`,
);
const untilMs = performance.now() + seconds * 1_000;
let saidAtMs = performance.now();
const wrongs: string[] = [];

let campaign: Campaign;
{
  await using resident = await openResident();
  campaign = await runCampaign({
    seeds: seeds(),
    questionCount,
    goesOn: () => performance.now() < untilMs,
    onTrial: async ({ seed, trialCount, tally, wrongs: found }) => {
      wrongs.push(...(await resident.round(seed)));
      if (performance.now() - saidAtMs < progressMs) return;
      saidAtMs = performance.now();
      say(`${trialCount} triples, ${tally.askedCount} answers, ${found.length + wrongs.length} wrong`);
    },
  });
  say(`the resident: ${resident.askedCount} answers, of them whole ${resident.completeCount}`);
}
wrongs.push(...campaign.wrongs);
if (!isFlat(campaign.heaps)) wrongs.push('the heap grows');
const [handlesBefore, handlesAfter] = campaign.handles;
if (handlesAfter - handlesBefore > handlesMax) wrongs.push('sockets or timers are left behind');
say(campaign.report);
sayFigures('soak', { seconds, ...figuresOf({ ...campaign, wrongs }) });
for (const text of wrongs) say(`\n${text}`);
say(wrongs.length === 0 ? 'nothing was wrong' : `\n${wrongs.length} wrong`);
process.exitCode = wrongs.length === 0 ? 0 : 1;
