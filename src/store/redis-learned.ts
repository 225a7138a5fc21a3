import { LRUCache } from 'lru-cache';
import type { Clock } from '../model/ports.ts';
import type { ConversationKey, KnownName, Learned, News, PagePlace } from '../model/sharing.ts';
import type { Link } from '../redis/link.ts';
import { type Allowance, createAllowance } from './allowance.ts';
import { nameOf, placeOf, spanOf, textOfSpan } from './learned-shapes.ts';
import type { Found } from './redis-entries.ts';
import { createRedisTable, type RedisTable, type TableEntry } from './redis-table.ts';
import { createTurns } from './turns.ts';
import { createVault, type Vault } from './vault.ts';

export type RedisLearnedOptions = {
  readonly link: Link;
  readonly secret: string;
  readonly keyPrefix: string;
  readonly keptMs: number;
  readonly waitMs: number;
  readonly clock: Clock;
};

/** Names and spans that are kept, and conversations whose page is. */
const newsMax = 100_000;
const sightingsMax = 100_000;
/** No page is fresh for longer. */
const sightingsKeptMsMax = 86_400_000;
/** Changes are heard in parts; in one go at most so many, far more than there can be. */
const partsMax = 1_000;
/** What is told of pages may wait for so many answers of the server: beyond that it isn't told. */
const tellingMax = 50;

/** What is told stands under a name that is made with the secret, and is sealed for that. */
type Item = { readonly label: string; readonly stamp: number; readonly text: string };

/**
 * What replicas of a scope learn from one another by a Redis that they share. Ids, names and spans are there only in a form that can't be read without the
 * secret. Of two names of an id that of the later day stays, and of the same day the one that was told last.
 */
export function createRedisLearned({ link, secret, keyPrefix, keptMs, waitMs, clock }: RedisLearnedOptions): Learned {
  const vault = createVault(secret);
  const news = createRedisTable(link, { key: `${keyPrefix}:learned`, entriesMax: newsMax, keptMs });
  const sightings = createRedisTable(link, {
    key: `${keyPrefix}:seen`,
    entriesMax: sightingsMax,
    keptMs: Math.min(keptMs, sightingsKeptMsMax),
  });
  return {
    ...createNews(news, vault, clock),
    ...createSightings(sightings, vault, createAllowance(waitMs, clock), link),
  };
}

function createNews(table: RedisTable, vault: Vault, clock: Clock): Pick<Learned, 'tell' | 'hear'> {
  // What was told or heard: it isn't told again.
  const known = new LRUCache<string, string>({ max: newsMax });
  let heardUntil = 0;
  return {
    async tell({ names, spans }) {
      const items = [...names.map(itemOfName), ...spans.map((span) => itemOf(span, 0))];
      const untold = items.filter(({ label, text }) => known.get(label) !== text);
      if (untold.length === 0) return true;
      try {
        await table.write(await sealAll(vault, untold, clock));
      } catch {
        return false; // The link says itself that it is down.
      }
      for (const { label, text } of untold) known.set(label, text);
      return true;
    },
    async hear() {
      const heard: News[] = [];
      try {
        for (let part = 0; part < partsMax; part++) {
          const { entries, next, isReset } = await table.changes(heardUntil);
          // All that was told is gone: what is learned again is told again.
          if (isReset) known.clear();
          const isOver = entries.length === 0 || next <= heardUntil;
          heardUntil = next;
          for (const { name, found } of entries) heard.push(await openNews(vault, name, found, known));
          if (isOver && !isReset) break;
        }
      } catch {} // What can't be heard now is heard later.
      return { names: heard.flatMap(({ names }) => names), spans: heard.flatMap(({ spans }) => spans) };
    },
  };
}

function createSightings(
  table: RedisTable,
  vault: Vault,
  allowance: Allowance,
  link: Pick<Link, 'isUp'>,
): Pick<Learned, 'saw' | 'whereSeen'> {
  let tellingCount = 0;
  return {
    saw(keys, place) {
      if (!link.isUp() || tellingMax <= tellingCount) return;
      tellingCount += 1;
      const bytes = Buffer.from(JSON.stringify(place));
      const entries = keys.map((key) => ({ name: nameFor(vault, labelOf(key)), stamp: 0, bytes }));
      table
        .write(entries)
        .catch(() => undefined)
        .finally(() => {
          tellingCount -= 1;
        });
    },
    async whereSeen(key, signal) {
      const read = () => table.read(nameFor(vault, labelOf(key)));
      const found = await allowance.within<Found>(signal, { kind: 'none' }, read);
      // It says only where to look: what stands there is sealed, and seen to be what was sought.
      return found.kind === 'entry' ? placeOf(found.sealed.toString()) : undefined;
    },
  };
}

const labelOf = ({ by, id }: ConversationKey): string => `seen ${by} ${id}`;

function itemOfName({ kind, id, name, day }: KnownName): Item {
  return { label: `${kind} ${id}`, stamp: day, text: JSON.stringify({ kind, id, name, day }) };
}

function itemOf(span: PagePlace['question'], stamp: number): Item {
  const text = textOfSpan(span);
  return { label: `span ${text}`, stamp, text };
}

function nameFor(vault: Vault, label: string): string {
  return vault.idOf(`learned ${label}`).toString(36);
}

async function sealAll(vault: Vault, items: readonly Item[], clock: Clock): Promise<readonly TableEntry[]> {
  const turns = createTurns(clock);
  const sealed: TableEntry[] = [];
  for (const { label, stamp, text } of items) {
    const name = nameFor(vault, label);
    sealed.push({ name, stamp, bytes: await vault.seal(`learned ${name}`, Buffer.from(text)) });
    await turns.share();
  }
  return sealed;
}

/** What can't be opened, or stands under the name of another, is nothing. */
async function openNews(vault: Vault, at: string, found: Found, known: LRUCache<string, string>): Promise<News> {
  const bytes = found.kind === 'entry' ? await vault.open(`learned ${at}`, found.sealed) : undefined;
  const text = bytes?.toString() ?? '';
  const [name, span] = [nameOf(text), spanOf(text)];
  const item = name === undefined ? (span === undefined ? undefined : itemOf(span, 0)) : itemOfName(name);
  if (item === undefined || nameFor(vault, item.label) !== at) return { names: [], spans: [] };
  known.set(item.label, item.text);
  return { names: name === undefined ? [] : [name], spans: span === undefined ? [] : [span] };
}
